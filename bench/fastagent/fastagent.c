/*
 * An SNMP agent that is faster than any client, so that a benchmark measures the client.
 *
 * Usage: fastagent PORT [LOSS_PER_MILLE]. Build: gcc -O2 -o fastagent fastagent.c -lcrypto (OpenSSL 3 or 1.1)
 *
 * Each loopback address is a device of its own, a 48-port switch. v1 and v2c with the community "public"; v3 with
 * the user "bench", HMAC-SHA1-96 "authpass123", AES-128 "privpass123". The socket is bound to the device lo and
 * whatever is not addressed to 127.0.0.0/8 is dropped: nothing leaves the machine.
 *
 *   127.9.x.y   dead: swallows what it is asked
 *   127.8.0.N   ill-mannered: 1 OIDs that never increase, 2 wrong request-id, 3 first wrong, then right,
 *               4 answers twice, 5 answers 1.5 s late, 6 tooBig above five objects, 7 half of the datagram,
 *               8 answers from 127.0.0.1
 *   any other   healthy
 *
 * SIGUSR1 prints what was received and sent.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "usm.h"

static u8 answer_space[ANSWER_MAX];

static int answer_community(Out *out, int version, Octets message, u32 device, int manner, int added_to_id) {
    Octets community = expect(&message.at, message.end, OCTETS);
    if (community.length != 6 || memcmp(community.at, "public", 6)) return 0;
    if (!answer_pdu(out, message.at, message.end, device, manner, added_to_id)) return 0;
    put_octets(out, OCTETS, "public", 6);
    put_int(out, INTEGER, version);
    close_from(out, SEQUENCE, ANSWER_MAX);
    return 1;
}

/* The answer stands at the end of answer_space; its size, 0 for none. */
static int answer(const u8 *datagram, int size, u32 device, int manner, int added_to_id) {
    Out out = {answer_space, ANSWER_MAX};
    Octets whole = {datagram, datagram + size, size};
    const u8 *at = datagram;
    Octets message = expect(&at, whole.end, SEQUENCE);
    int version = expect_int(&message.at, message.end), done = 0;
    if (version == 3) done = answer_v3(&out, whole, message.at, device, manner, added_to_id);
    else if (message.at) done = answer_community(&out, version, message, device, manner, added_to_id);
    return done ? ANSWER_MAX - out.used_from : 0;
}

typedef struct { double at; int size; struct sockaddr_in to; u32 from; u8 datagram[2000]; } Delayed;

static int sock, delayed_count;
static Delayed delayed[64];
static unsigned long received, sent, dead, unanswered;
static volatile sig_atomic_t stopping, asked_for_counts;

static void on_signal(int number) { *(number == SIGUSR1 ? &asked_for_counts : &stopping) = 1; }

static void send_from(u32 from, const u8 *datagram, int size, struct sockaddr_in *to) {
    char space[CMSG_SPACE(sizeof(struct in_pktinfo))] = {0};
    struct iovec io = {(void *)datagram, size};
    struct msghdr m = {to, sizeof *to, &io, 1, space, sizeof space, 0};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    struct in_pktinfo source = {.ipi_spec_dst.s_addr = from};
    c->cmsg_level = IPPROTO_IP;
    c->cmsg_type = IP_PKTINFO;
    c->cmsg_len = CMSG_LEN(sizeof source);
    memcpy(CMSG_DATA(c), &source, sizeof source);
    sent += sendmsg(sock, &m, 0) > 0;
}

static void send_later(u32 from, const u8 *datagram, int size, struct sockaddr_in *to) {
    for (int i = 0; i < 64 && size <= 2000; i++)
        if (!delayed[i].size) {
            delayed[i] = (Delayed){seconds() + 1.5, size, *to, from, {0}};
            memcpy(delayed[i].datagram, datagram, size);
            delayed_count++;
            return;
        }
}

static void send_delayed(void) {
    for (int i = 0; i < 64; i++)
        if (delayed[i].size && delayed[i].at <= seconds()) {
            send_from(delayed[i].from, delayed[i].datagram, delayed[i].size, &delayed[i].to);
            delayed[i].size = 0;
            delayed_count--;
        }
}

static u32 device_asked(struct msghdr *m) {
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c))
        if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo found;
            memcpy(&found, CMSG_DATA(c), sizeof found);
            return found.ipi_addr.s_addr;
        }
    return 0;
}

static void handle(u8 *datagram, int size, u32 device, struct sockaddr_in *from) {
    static u8 copy[ANSWER_MAX];
    const u8 *octet = (u8 *)&device;
    if (octet[0] != 127) return;
    if (octet[1] == 9) { dead++; return; }
    int manner = octet[1] == 8 ? octet[3] : 0;
    int wrong_id = manner == WRONG_ID || manner == WRONG_THEN_RIGHT;
    memcpy(copy, datagram, manner == WRONG_THEN_RIGHT ? size : 0); /* checking a digest changes the datagram */
    int n = answer(datagram, size, device, manner, wrong_id ? 7 : 0);
    const u8 *at = answer_space + ANSWER_MAX - n;
    if (!n) { unanswered++; return; }
    if (manner == LATE) { send_later(device, at, n, from); return; }
    send_from(manner == ELSEWHERE ? htonl(INADDR_LOOPBACK) : device, at, manner == CUT_OFF ? n / 2 : n, from);
    if (manner == TWICE) send_from(device, at, n, from);
    if (manner == WRONG_THEN_RIGHT && (n = answer(copy, size, device, manner, 0)))
        send_from(device, answer_space + ANSWER_MAX - n, n, from);
}

static int open_socket(int port) {
    int on = 1, room = 32 << 20;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
    sock = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(sock, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    setsockopt(sock, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    setsockopt(sock, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
    if (setsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3)) return -1;
    return bind(sock, (void *)&here, sizeof here);
}

static void serve_one(int loss) {
    static u8 datagram[ANSWER_MAX];
    char space[128];
    struct sockaddr_in from;
    struct iovec io = {datagram, sizeof datagram - 1};
    struct msghdr m = {&from, sizeof from, &io, 1, space, sizeof space, 0};
    struct pollfd waiting = {sock, POLLIN, 0};
    if (delayed_count) {
        int ready = poll(&waiting, 1, 20);
        send_delayed();
        if (ready <= 0) return;
    }
    int size = recvmsg(sock, &m, 0);
    if (size <= 0) return;
    received++;
    if (!loss || rand() % 1000 >= loss) handle(datagram, size, device_asked(&m), &from);
}

int main(int count, char **arguments) {
    struct sigaction act = {.sa_handler = on_signal};
    int port = count > 1 ? atoi(arguments[1]) : 0, loss = count > 2 ? atoi(arguments[2]) : 0;
    started = seconds();
    build_rows();
    master_key("authpass123", auth_master);
    master_key("privpass123", privacy_master);
    cipher = EVP_CIPHER_CTX_new();
    if (!port || open_socket(port)) { perror("fastagent"); return 1; }
    sigaction(SIGTERM, &act, 0);
    sigaction(SIGINT, &act, 0);
    sigaction(SIGUSR1, &act, 0);
    fprintf(stderr, "ready: %d objects on port %d of every loopback address\n", row_count, port);
    while (!stopping) {
        serve_one(loss);
        if (asked_for_counts || stopping)
            fprintf(stderr, "received %lu, sent %lu, dead %lu, unanswered %lu\n", received, sent, dead, unanswered);
        asked_for_counts = 0;
    }
    return 0;
}
