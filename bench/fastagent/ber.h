/* BER and object identifiers, as far as SNMP needs them (X.690, RFC 3416). */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint32_t u32;

enum { INTEGER = 2, OCTETS = 4, NONE = 5, OID = 6, SEQUENCE = 0x30 };
enum { ARCS_MAX = 64 };

/* ---- Writing BER from the end to the beginning, so that every length is known when it is written. */

typedef struct { u8 *at; int used_from; } Out;

static void put(Out *out, const void *data, int n) {
    if (out->used_from < n) { out->used_from = 0; return; }
    out->used_from -= n;
    memcpy(out->at + out->used_from, data, n);
}

static void put_head(Out *out, u8 tag, int length) {
    u8 head[4] = {tag, length};
    if (length < 128) { put(out, head, 2); return; }
    if (length < 256) { head[1] = 0x81; head[2] = length; put(out, head, 3); return; }
    head[1] = 0x82; head[2] = length >> 8; head[3] = length;
    put(out, head, 4);
}

static void put_int(Out *out, u8 tag, int64_t v) {
    u8 octets[9];
    int n = 0;
    do {
        octets[8 - n++] = v & 0xff;
        v >>= 8;
    } while (n < 9 && !(v == 0 && !(octets[9 - n] & 0x80)) && !(v == -1 && (octets[9 - n] & 0x80)));
    put(out, octets + 9 - n, n);
    put_head(out, tag, n);
}

static void put_octets(Out *out, u8 tag, const void *data, int n) {
    put(out, data, n);
    put_head(out, tag, n);
}

static void close_from(Out *out, u8 tag, int end) { put_head(out, tag, end - out->used_from); }

/* ---- Reading BER. */

typedef struct { const u8 *at, *end; int length; } Octets;

/* The content of the next element, or 0. */
static const u8 *element(const u8 *p, const u8 *end, u8 *tag, int *length) {
    if (!p || end - p < 2) return 0;
    *tag = *p++;
    int n = *p++;
    if (n & 0x80) {
        int octets = n & 0x7f;
        if (octets < 1 || octets > 3 || end - p < octets) return 0;
        for (n = 0; octets--;) n = n << 8 | *p++;
    }
    if (n > end - p) return 0;
    *length = n;
    return p;
}

/* The content of an element that has to be of this sort; *p moves behind it, to 0 if there is none. */
static Octets expect(const u8 **p, const u8 *end, u8 wanted) {
    u8 tag;
    Octets content = {.length = 0};
    content.at = element(*p, end, &tag, &content.length);
    if (content.at && tag == wanted) content.end = content.at + content.length;
    else content = (Octets){0, 0, 0};
    *p = content.end;
    return content;
}

static int64_t expect_int(const u8 **p, const u8 *end) {
    Octets content = expect(p, end, INTEGER);
    int64_t v = content.length && (content.at[0] & 0x80) ? -1 : 0;
    for (; content.at < content.end; content.at++) v = (int64_t)((uint64_t)v << 8 | *content.at);
    return v;
}

/* ---- Object identifiers. */

typedef struct { u32 arc[ARCS_MAX]; int n; } Name;

static Name name_of(const char *text) {
    Name name = {.n = 0};
    for (char *rest; *text && name.n < ARCS_MAX; text = *rest ? rest + 1 : rest)
        name.arc[name.n++] = strtoul(text, &rest, 10);
    return name;
}

static int encode(const Name *name, u8 *out) {
    int n = 0;
    out[n++] = name->arc[0] * 40 + name->arc[1];
    for (int i = 2; i < name->n; i++) {
        u8 sevens[5];
        int k = 0;
        u32 v = name->arc[i];
        do sevens[k++] = v & 0x7f; while (v >>= 7);
        while (k--) out[n++] = sevens[k] | (k ? 0x80 : 0);
    }
    return n;
}

static int decode(const u8 *octets, int length, Name *name) {
    if (length < 1) return 0;
    name->arc[0] = octets[0] / 40 > 2 ? 2 : octets[0] / 40;
    name->arc[1] = octets[0] - name->arc[0] * 40;
    name->n = 2;
    u32 v = 0;
    for (int i = 1; i < length; i++) {
        v = v << 7 | (octets[i] & 0x7f);
        if (octets[i] & 0x80) continue;
        if (name->n >= ARCS_MAX) return 0;
        name->arc[name->n++] = v;
        v = 0;
    }
    return 1;
}

static int compare(const Name *a, const Name *b) {
    for (int i = 0; i < a->n && i < b->n; i++)
        if (a->arc[i] != b->arc[i]) return a->arc[i] < b->arc[i] ? -1 : 1;
    return a->n - b->n;
}
