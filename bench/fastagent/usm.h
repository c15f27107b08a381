/* SNMPv3 with the user-based security model: HMAC-SHA1-96 and AES-128 (RFC 3412, RFC 3414, RFC 3826). */
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "device.h"

enum { KEY = 20, ENGINE_ID = 9, DIGEST = 12, BOOTS = 3 };
enum { AUTHENTIC = 1, PRIVATE = 2 };
enum { NOT_IN_TIME = 2, UNKNOWN_USER = 3, UNKNOWN_ENGINE = 4, WRONG_DIGEST = 5 };

typedef struct {
    int64_t id;
    u8 flags;
    Octets engine, user, digest, salt;
    u32 boots, time;
    const u8 *data, *end; /* the scoped PDU, maybe encrypted */
} Message;

static u8 auth_master[KEY], privacy_master[KEY];
static EVP_CIPHER_CTX *cipher;

static void master_key(const char *password, u8 *key) {
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_DigestInit_ex(digest, EVP_sha1(), 0);
    for (int i = 0, length = strlen(password); i < 1 << 20; i++) EVP_DigestUpdate(digest, password + i % length, 1);
    EVP_DigestFinal_ex(digest, key, 0);
    EVP_MD_CTX_free(digest);
}

static void local_key(const u8 *master, const u8 *engine, u8 *key) {
    u8 both[KEY + ENGINE_ID + KEY];
    memcpy(both, master, KEY);
    memcpy(both + KEY, engine, ENGINE_ID);
    memcpy(both + KEY + ENGINE_ID, master, KEY);
    SHA1(both, sizeof both, key);
}

static void aes(int encrypt, const u8 *key, u32 boots, u32 time, const u8 *salt, const u8 *in, int n, u8 *out) {
    u32 clock[2] = {htonl(boots), htonl(time)};
    u8 start[16];
    int done;
    memcpy(start, clock, 8);
    memcpy(start + 8, salt, 8);
    EVP_CipherInit_ex(cipher, EVP_aes_128_cfb128(), 0, key, start, encrypt);
    EVP_CipherUpdate(cipher, out, &done, in, n);
}

static int read_message(const u8 *p, const u8 *end, Message *m) {
    Octets head = expect(&p, end, SEQUENCE), wrapped = expect(&p, end, OCTETS);
    m->id = expect_int(&head.at, head.end);
    expect_int(&head.at, head.end);
    Octets flags = expect(&head.at, head.end, OCTETS), s = expect(&wrapped.at, wrapped.end, SEQUENCE);
    m->engine = expect(&s.at, s.end, OCTETS);
    m->boots = expect_int(&s.at, s.end);
    m->time = expect_int(&s.at, s.end);
    m->user = expect(&s.at, s.end, OCTETS);
    m->digest = expect(&s.at, s.end, OCTETS);
    m->salt = expect(&s.at, s.end, OCTETS);
    m->flags = flags.length == 1 ? *flags.at : 0;
    m->data = p;
    m->end = end;
    return flags.length == 1 && s.at;
}

/* Put the message's envelope around the scoped PDU that has been written. */
static void put_envelope(
    Out *out, const Message *m, u8 flags, const u8 *engine, const u8 *auth, const u8 *privacy) {
    static u8 encrypted[ANSWER_MAX];
    static uint64_t salt = 0x1122334455667788;
    const u8 zeros[DIGEST] = {0};
    u32 time = uptime() / 100;
    int digest_at = 0, end = ANSWER_MAX;
    if (flags & PRIVATE) {
        int n = end - out->used_from;
        salt++;
        aes(1, privacy, BOOTS, time, (u8 *)&salt, out->at + out->used_from, n, encrypted);
        out->used_from = end;
        put_octets(out, OCTETS, encrypted, n);
    }
    int security_end = out->used_from;
    put_octets(out, OCTETS, &salt, flags & PRIVATE ? 8 : 0);
    put(out, zeros, flags & AUTHENTIC ? DIGEST : 0);
    digest_at = out->used_from;
    put_head(out, OCTETS, flags & AUTHENTIC ? DIGEST : 0);
    put_octets(out, OCTETS, m->user.at, m->user.length);
    put_int(out, INTEGER, time);
    put_int(out, INTEGER, BOOTS);
    put_octets(out, OCTETS, engine, ENGINE_ID);
    close_from(out, SEQUENCE, security_end);
    close_from(out, OCTETS, security_end);
    int head_end = out->used_from;
    put_int(out, INTEGER, 3);
    put_octets(out, OCTETS, &flags, 1);
    put_int(out, INTEGER, 65507);
    put_int(out, INTEGER, m->id);
    close_from(out, SEQUENCE, head_end);
    put_int(out, INTEGER, 3);
    close_from(out, SEQUENCE, end);
    if (flags & AUTHENTIC) {
        u8 digest[32];
        HMAC(EVP_sha1(), auth, KEY, out->at + out->used_from, end - out->used_from, digest, 0);
        memcpy(out->at + digest_at, digest, DIGEST);
    }
}

static void put_scope(Out *out, const u8 *engine) {
    put_head(out, OCTETS, 0);
    put_octets(out, OCTETS, engine, ENGINE_ID);
    close_from(out, SEQUENCE, ANSWER_MAX);
}

/* Say what is wrong with a message by one of the usmStats counters. */
static int put_report(Out *out, const Message *m, int which, u8 flags, const u8 *engine, const u8 *auth) {
    Name counter = {{1, 3, 6, 1, 6, 3, 15, 1, 1, which, 0}, 11};
    u8 oid[48];
    put_int(out, COUNTER32, 7);
    put_octets(out, OID, oid, encode(&counter, oid));
    close_from(out, SEQUENCE, ANSWER_MAX);
    close_from(out, SEQUENCE, ANSWER_MAX);
    for (int i = 0; i < 3; i++) put_int(out, INTEGER, 0);
    close_from(out, REPORT, ANSWER_MAX);
    put_scope(out, engine);
    put_envelope(out, m, flags, engine, auth, 0);
    return 1;
}

static int is_authentic(Octets datagram, Octets digest, const u8 *auth) {
    u8 said[DIGEST], right[32];
    if (digest.length != DIGEST) return 0;
    memcpy(said, digest.at, DIGEST);
    memset((u8 *)digest.at, 0, DIGEST);
    HMAC(EVP_sha1(), auth, KEY, datagram.at, datagram.length, right, 0);
    return !memcmp(said, right, DIGEST);
}

static int answer_v3(Out *out, Octets datagram, const u8 *p, u32 device, int manner, int added_to_id) {
    static u8 plain[ANSWER_MAX];
    Message m;
    if (!read_message(p, datagram.end, &m)) return 0;
    u8 engine[ENGINE_ID] = {0x80, 0, 0x1f, 0x88, 1}, auth[KEY], privacy[KEY];
    memcpy(engine + 5, &device, 4);
    if (m.engine.length != ENGINE_ID || memcmp(m.engine.at, engine, ENGINE_ID))
        return put_report(out, &m, UNKNOWN_ENGINE, 0, engine, 0);
    if (m.user.length != 5 || memcmp(m.user.at, "bench", 5))
        return put_report(out, &m, UNKNOWN_USER, 0, engine, 0);
    local_key(auth_master, engine, auth);
    local_key(privacy_master, engine, privacy);
    if (m.flags & AUTHENTIC) {
        if (!is_authentic(datagram, m.digest, auth)) return put_report(out, &m, WRONG_DIGEST, 0, engine, 0);
        if (m.boots != BOOTS || labs((long)m.time - (long)(uptime() / 100)) > 150)
            return put_report(out, &m, NOT_IN_TIME, AUTHENTIC, engine, auth);
    }
    if (m.flags & PRIVATE) {
        Octets encrypted = expect(&m.data, m.end, OCTETS);
        if (!encrypted.at || m.salt.length != 8) return 0;
        aes(0, privacy, m.boots, m.time, m.salt.at, encrypted.at, encrypted.length, plain);
        m.data = plain;
        m.end = plain + encrypted.length;
    }
    Octets scoped = expect(&m.data, m.end, SEQUENCE);
    expect(&scoped.at, scoped.end, OCTETS);
    expect(&scoped.at, scoped.end, OCTETS);
    if (!scoped.at || !answer_pdu(out, scoped.at, scoped.end, device, manner, added_to_id)) return 0;
    put_scope(out, engine);
    put_envelope(out, &m, m.flags & (AUTHENTIC | PRIVATE), engine, auth, privacy);
    return 1;
}
