/*
 * sandbox_steps.c - how many instructions a function can run at most, where that is plain: it has
 * no way back and calls nothing. The hook that counts instructions need not watch such a function,
 * since it would not even be called; that hook makes each instruction several times as slow.
 *
 * It is read from the form that Lua itself writes a function in, which is fixed for all of 5.4.
 */
#include <string.h>

#include "rule/sandbox.h"

#define HEADER_BYTES 31  /* signature, version, format, marks and sizes */
#define VERSION_AT   4   /* and the format behind it */
#define WORD_SIZE_AT 12  /* bytes of an instruction */
#define PLAIN_BYTES  4   /* of one that is read here */
#define STEPS_MAX    900 /* functions that are longer are watched */
#define JUMP_ZERO    0xffffffu
#define OPCODE(word) ((word)&0x7fu)
#define JUMP(word)   ((word) >> 7)
#define OPCODE_JUMP  56u

/* The beginning of a function as Lua writes it. */
struct dump {
    unsigned char bytes[HEADER_BYTES + 64 + STEPS_MAX * PLAIN_BYTES];
    size_t len, at;
    bool short_of; /* it was read beyond what is there */
};

/* More than fits is not needed: a function of that length is watched. */
static int take_dump(lua_State *L, const void *piece, size_t size, void *ud)
{
    struct dump *d = ud;
    const size_t room = sizeof d->bytes - d->len;
    (void)L;
    memcpy(d->bytes + d->len, piece, size < room ? size : room);
    d->len += size < room ? size : room;
    return 0;
}

static unsigned read_byte(struct dump *d)
{
    if (d->at >= d->len) {
        d->short_of = true;
        return 0;
    }
    return d->bytes[d->at++];
}

/* Seven bits a byte, highest first; the last has the eighth set. */
static size_t read_size(struct dump *d)
{
    size_t n = 0;
    unsigned byte;
    do {
        byte = read_byte(d);
        n = n << 7 | (byte & 0x7fu);
    } while ((byte & 0x80u) == 0 && !d->short_of);
    return n;
}

static uint32_t read_word(struct dump *d)
{
    uint32_t word = 0;
    for (int i = 0; i < PLAIN_BYTES; i++) {
        const unsigned char byte = (unsigned char)read_byte(d);
        memcpy((unsigned char *)&word + i, &byte, 1);
    }
    return word;
}

/* What goes on with one of the next instructions, and runs no function of Lua unless a metatable
 * of a script does. */
static bool goes_on(uint32_t word)
{
    static const struct {
        uint32_t first, last;
    } plain[] = {
        {0, 9},   /* moves, constants, GETUPVAL */
        {11, 14}, /* GETTABUP, GETTABLE, GETI, GETFIELD */
        {21, 51}, /* arithmetic, bits, their metamethods, NOT */
        {53, 53}, /* CONCAT */
        {57, 67}, /* comparisons, TEST, TESTSET */
        {70, 72}, /* RETURN, RETURN0, RETURN1 */
    };
    const uint32_t op = OPCODE(word);
    if (op == OPCODE_JUMP)
        return JUMP(word) >= JUMP_ZERO;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (op >= plain[i].first && op <= plain[i].last)
            return true;
    return false;
}

static bool has_known_form(const struct dump *d)
{
    static const unsigned char form[] = {0x54, 0};
    return d->len > HEADER_BYTES && memcmp(d->bytes + VERSION_AT, form, sizeof form) == 0 &&
           d->bytes[WORD_SIZE_AT] == PLAIN_BYTES;
}

int sandbox_steps(lua_State *L)
{
    struct dump d = {.len = 0};
    if (!lua_isfunction(L, -1) || lua_iscfunction(L, -1) || lua_dump(L, take_dump, &d, 1) != 0 ||
        !has_known_form(&d))
        return 0;
    d.at = HEADER_BYTES + 1; /* behind the number of upvalues */
    if (read_size(&d) != 0)  /* a name, though it was to be left out */
        return 0;
    read_size(&d); /* first line, last line */
    read_size(&d);
    d.at += 3; /* parameters, whether there are more, stack */
    const size_t n = read_size(&d);
    for (size_t i = 0; i < n && !d.short_of; i++)
        if (!goes_on(read_word(&d)))
            return 0;
    return n <= STEPS_MAX && !d.short_of ? (int)n : 0;
}
