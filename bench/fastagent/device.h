/* What every device serves, and its answer to one GET, GETNEXT or GETBULK. */
#include <stdio.h>
#include <time.h>

#include "ber.h"

enum { COUNTER32 = 0x41, GAUGE32 = 0x42, TICKS = 0x43, COUNTER64 = 0x46 };
enum { NO_SUCH_OBJECT = 0x80, END_OF_MIB = 0x82 };
enum { GET = 0xa0, GET_NEXT = 0xa1, RESPONSE = 0xa2, GET_BULK = 0xa5, REPORT = 0xa8 };
enum { CIRCLE = 1, WRONG_ID, WRONG_THEN_RIGHT, TWICE, LATE, TOO_BIG, CUT_OFF, ELSEWHERE };
enum { ANSWER_MAX = 65536, ANSWER_ROWS_MAX = 2900, ANSWER_OCTETS = 1400, OIDS_MAX = 64 };

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static double started;
static u32 uptime(void) { return (u32)((seconds() - started) * 100) + 123456; }

typedef struct {
    Name name;
    u8 oid[48], value[200];
    int oid_length, value_length;
    enum { FIXED, UPTIME, DEVICE_NAME } sort;
} Row;

static Row rows[4000];
static int row_count;

static Row *add_row(const char *oid) {
    Row *row = &rows[row_count++];
    row->name = name_of(oid);
    row->oid_length = encode(&row->name, row->oid);
    return row;
}

static void keep(Row *row, Out *out) {
    row->value_length = (int)sizeof row->value - out->used_from;
    memmove(row->value, row->value + out->used_from, row->value_length);
}

static void add_int(const char *oid, u8 tag, int64_t v) {
    Row *row = add_row(oid);
    Out out = {row->value, sizeof row->value};
    put_int(&out, tag, v);
    keep(row, &out);
}

static void add_octets(const char *oid, u8 tag, const void *data, int n) {
    Row *row = add_row(oid);
    Out out = {row->value, sizeof row->value};
    put_octets(&out, tag, data, n);
    keep(row, &out);
}

static void add_text(const char *oid, const char *text) { add_octets(oid, OCTETS, text, strlen(text)); }

typedef struct { int column; u8 tag; int64_t v; int plus_port; } Cell;

static void add_port(const char *table, int port, const Cell *cells, int n) {
    char oid[80];
    for (int i = 0; i < n; i++) {
        snprintf(oid, sizeof oid, "%s.%d.%d", table, cells[i].column, port);
        add_int(oid, cells[i].tag, cells[i].v + cells[i].plus_port * port);
    }
}

static void add_port_text(const char *column, int port, const char *form) {
    char oid[80], text[80];
    snprintf(oid, sizeof oid, "%s.%d", column, port);
    snprintf(text, sizeof text, form, port);
    add_text(oid, text);
}

static const Cell IF_TABLE[] = {
    {1, INTEGER, 0, 1}, {3, INTEGER, 6}, {4, INTEGER, 1500}, {5, GAUGE32, 1000000000}, {7, INTEGER, 1},
    {8, INTEGER, 1}, {9, TICKS, 5000}, {10, COUNTER32, 3000000000, 1}, {13, COUNTER32, 0},
    {14, COUNTER32, 0, 1}, {16, COUNTER32, 4000000000, -1}, {19, COUNTER32, 2}, {20, COUNTER32, 3}};
static const Cell IF_X_TABLE[] = {
    {2, COUNTER32, 1234567}, {6, COUNTER64, 1234567890123, 1}, {7, COUNTER64, 99887766554, 1},
    {8, COUNTER64, 44332211, 1}, {10, COUNTER64, 9876543210987, 1}, {11, COUNTER64, 66554433221, 1},
    {12, COUNTER64, 5544332, 1}, {15, GAUGE32, 1000}};

static int by_name(const void *a, const void *b) {
    return compare(&((const Row *)a)->name, &((const Row *)b)->name);
}

static void build_rows(void) {
    Name kind = name_of("1.3.6.1.4.1.8072.3.2.10");
    u8 octets[48];
    add_text("1.3.6.1.2.1.1.1.0", "Linux bench 6.1.0 fastagent simulated 48-port switch, software version 1.2.3");
    add_octets("1.3.6.1.2.1.1.2.0", OID, octets, encode(&kind, octets));
    add_row("1.3.6.1.2.1.1.3.0")->sort = UPTIME;
    add_text("1.3.6.1.2.1.1.4.0", "noc@example.net");
    add_row("1.3.6.1.2.1.1.5.0")->sort = DEVICE_NAME;
    add_text("1.3.6.1.2.1.1.6.0", "rack 12, row 3");
    add_int("1.3.6.1.2.1.1.7.0", INTEGER, 72);
    add_int("1.3.6.1.2.1.2.1.0", INTEGER, 48);
    add_row("1.3.6.1.2.1.25.1.1.0")->sort = UPTIME;
    add_int("1.3.6.1.2.1.25.2.2.0", INTEGER, 16384000);
    add_text("1.3.6.1.2.1.47.1.1.1.1.2.1", "chassis");
    for (int port = 1; port <= 48; port++) {
        add_port("1.3.6.1.2.1.2.2.1", port, IF_TABLE, sizeof IF_TABLE / sizeof *IF_TABLE);
        add_port("1.3.6.1.2.1.31.1.1.1", port, IF_X_TABLE, sizeof IF_X_TABLE / sizeof *IF_X_TABLE);
        add_port_text("1.3.6.1.2.1.2.2.1.2", port, "GigabitEthernet1/0/%d");
        add_port_text("1.3.6.1.2.1.31.1.1.1.1", port, "Gi1/0/%d");
        add_port_text("1.3.6.1.2.1.31.1.1.1.18", port, "uplink to access switch %d");
    }
    qsort(rows, row_count, sizeof *rows, by_name);
}

/* The first row at or, if `after`, behind a name. */
static int find_row(const Name *name, int after) {
    int low = 0, high = row_count;
    while (low < high) {
        int middle = (low + high) / 2, c = compare(&rows[middle].name, name);
        if (c < 0 || (after && c == 0)) low = middle + 1; else high = middle;
    }
    return low;
}

static void put_value(Out *out, const Row *row, u32 device) {
    if (row->sort == UPTIME) {
        put_int(out, TICKS, uptime());
    } else if (row->sort == DEVICE_NAME) {
        u8 *d = (u8 *)&device;
        char text[40];
        put_octets(out, OCTETS, text, sprintf(text, "dev-%d.%d.%d.%d", d[0], d[1], d[2], d[3]));
    } else {
        put(out, row->value, row->value_length);
    }
}

/* ---- Answering one PDU. */

typedef struct { const u8 *octets; int length; Name name; } Asked;
typedef struct { const u8 *oid; int oid_length, row; u8 missing; } Answered;

static Asked asked[OIDS_MAX];
static Answered answered[ANSWER_ROWS_MAX + OIDS_MAX];

static int read_asked(const u8 *p, const u8 *end) {
    int count = 0;
    while (p && p < end && count < OIDS_MAX) {
        Octets binding = expect(&p, end, SEQUENCE), oid = expect(&binding.at, binding.end, OID);
        Asked *one = &asked[count++];
        one->octets = oid.at;
        one->length = oid.length;
        if (!oid.at || !decode(oid.at, oid.length, &one->name)) return -1;
    }
    return p ? count : -1;
}

static Answered missing(const Asked *one, u8 how) { return (Answered){one->octets, one->length, -1, how}; }
static Answered found(int row) { return (Answered){rows[row].oid, rows[row].oid_length, row, 0}; }

static int answer_get(int count) {
    for (int i = 0; i < count; i++) {
        int row = find_row(&asked[i].name, 0);
        int there = row < row_count && !compare(&rows[row].name, &asked[i].name);
        answered[i] = there ? found(row) : missing(&asked[i], NO_SUCH_OBJECT);
    }
    return count;
}

static int answer_next(int count, int once, int repetitions, int manner) {
    static const Name circle = {{1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, 1}, 12};
    const Row *last = &rows[row_count - 1];
    const Answered finish = {last->oid, last->oid_length, -1, END_OF_MIB};
    int at[OIDS_MAX], n = 0, octets = 0;
    for (int i = 0; i < count; i++) at[i] = find_row(&asked[i].name, 1) - 1;
    for (int r = 0; r < repetitions && octets < ANSWER_OCTETS; r++)
        for (int i = r ? once : 0; i < count && n < ANSWER_ROWS_MAX; i++) {
            at[i] = manner == CIRCLE ? find_row(&circle, 0) : at[i] < row_count ? at[i] + 1 : at[i];
            Answered *one = &answered[n++];
            *one = at[i] < row_count ? found(at[i]) : r ? finish : missing(&asked[i], END_OF_MIB);
            octets += one->oid_length + 10 + (one->row < 0 ? 0 : rows[one->row].value_length);
        }
    return n;
}

/* Write the response to a PDU; 0 if the PDU is none that is answered. */
static int answer_pdu(Out *out, const u8 *p, const u8 *end, u32 device, int manner, int added_to_id) {
    u8 kind;
    int n;
    p = element(p, end, &kind, &n);
    if (!p || (kind != GET && kind != GET_NEXT && kind != GET_BULK)) return 0;
    end = p + n;
    int64_t id = expect_int(&p, end), once = expect_int(&p, end), repetitions = expect_int(&p, end);
    Octets bindings = expect(&p, end, SEQUENCE);
    int count = bindings.at ? read_asked(bindings.at, bindings.end) : -1;
    if (count < 0) return 0;
    int status = manner == TOO_BIG && count > 5, at_end = out->used_from;
    if (status) {
        for (n = 0; n < count; n++) answered[n] = missing(&asked[n], NONE);
    } else if (kind == GET) {
        n = answer_get(count);
    } else {
        if (kind == GET_NEXT) once = count, repetitions = 1;
        n = answer_next(count, once < count ? once : count, repetitions < 100 ? repetitions : 100, manner);
    }
    while (n--) {
        int binding_end = out->used_from;
        if (answered[n].row < 0) put_head(out, answered[n].missing, 0);
        else put_value(out, &rows[answered[n].row], device);
        put_octets(out, OID, answered[n].oid, answered[n].oid_length);
        close_from(out, SEQUENCE, binding_end);
    }
    close_from(out, SEQUENCE, at_end);
    put_int(out, INTEGER, 0);
    put_int(out, INTEGER, status);
    put_int(out, INTEGER, (int32_t)(id + added_to_id));
    close_from(out, RESPONSE, at_end);
    return 1;
}
