/*
 * csv_marks.c - compares 64 bytes at once with those that may end a cell, and with quotes. Which
 * instructions there are is found out when the program runs: one build serves every processor.
 */
#include "csv_marks.h"

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_X86 1
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#define HAS_NEON 1
#endif

#define ONES   UINT64_C(0x0101010101010101)
#define LOWS   UINT64_C(0x7F7F7F7F7F7F7F7F)
#define GATHER UINT64_C(0x0002040810204081) /* brings eight high bits together */

/* The high bit of each byte of a word that is zero, exactly. */
static uint64_t mark_zeros(uint64_t word)
{
    return ~(((word & LOWS) + LOWS) | word | LOWS);
}

static uint64_t read_word(const char *p)
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return word;
}

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

/* What a block holds: a bit for each byte. */
struct looks {
    uint64_t delimiters, returns, feeds, quotes;
};

static uint64_t gather(uint64_t word, char c)
{
    const uint64_t found = mark_zeros(word ^ (ONES * (unsigned char)c));
    return (found >> 7) * GATHER >> 49 & 0xFF;
}

static inline void look_portable(struct looks *out, const char *block, char delimiter)
{
    *out = (struct looks){0, 0, 0, 0};
    for (unsigned i = 0; i < CSV_BLOCK / 8; i++) {
        const uint64_t word = read_word(block + (size_t)8 * i);
        out->delimiters |= gather(word, delimiter) << (8 * i);
        out->returns |= gather(word, '\r') << (8 * i);
        out->feeds |= gather(word, '\n') << (8 * i);
        out->quotes |= gather(word, '"') << (8 * i);
    }
}

#if defined(HAS_X86)
static inline uint64_t match_sse2(const char *at, char c)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)at);
    return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
}

static inline void look_sse2(struct looks *out, const char *block, char delimiter)
{
    *out = (struct looks){0, 0, 0, 0};
    for (unsigned i = 0; i < CSV_BLOCK; i += 16) {
        out->delimiters |= match_sse2(block + i, delimiter) << i;
        out->returns |= match_sse2(block + i, '\r') << i;
        out->feeds |= match_sse2(block + i, '\n') << i;
        out->quotes |= match_sse2(block + i, '"') << i;
    }
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline uint64_t match_avx2(__m256i low, __m256i high, char c)
{
    const __m256i wanted = _mm256_set1_epi8(c);
    const uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
    const uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
    return a | (uint64_t)b << 32;
}

AVX2 static inline void look_avx2(struct looks *out, const char *block, char delimiter)
{
    const __m256i low = _mm256_loadu_si256((const __m256i *)block);
    const __m256i high = _mm256_loadu_si256((const __m256i *)(block + 32));
    out->delimiters = match_avx2(low, high, delimiter);
    out->returns = match_avx2(low, high, '\r');
    out->feeds = match_avx2(low, high, '\n');
    out->quotes = match_avx2(low, high, '"');
}
#elif defined(HAS_NEON)
/* NEON has no movemask: each byte keeps one bit of its own, and neighbours are added up. */
static inline uint64_t match_neon(const char *at, char c)
{
    static const uint8_t own[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t equal = vceqq_u8(vld1q_u8((const uint8_t *)at), vdupq_n_u8((uint8_t)c));
    const uint8x16_t found = vandq_u8(vld1q_u8(own), equal);
    return vaddv_u8(vget_low_u8(found)) | (uint64_t)vaddv_u8(vget_high_u8(found)) << 8;
}

static inline void look_neon(struct looks *out, const char *block, char delimiter)
{
    *out = (struct looks){0, 0, 0, 0};
    for (unsigned i = 0; i < CSV_BLOCK; i += 16) {
        out->delimiters |= match_neon(block + i, delimiter) << i;
        out->returns |= match_neon(block + i, '\r') << i;
        out->feeds |= match_neon(block + i, '\n') << i;
        out->quotes |= match_neon(block + i, '"') << i;
    }
}
#endif

/* Writes down the places of bits, from place `base` on. */
static inline uint32_t *put_each(uint32_t *out, uint64_t bits, uint32_t base)
{
    for (; bits != 0; bits &= bits - 1)
        *out++ = base + csv_first_bit(bits);
    return out;
}

/* For the few line ends of a block. */
static inline unsigned count_each(uint64_t bits)
{
    unsigned n = 0;
    for (; bits != 0; bits &= bits - 1)
        n++;
    return n;
}

#if defined(HAS_X86)
AVX2 static inline unsigned count_avx2(uint64_t bits)
{
    return (unsigned)__builtin_popcountll(bits);
}

/* Eight at a time, wanted or not: how many there are in a block is hard to foretell. */
AVX2 static inline uint32_t *put_eights(uint32_t *out, uint64_t bits, uint32_t base)
{
    const unsigned n = (unsigned)__builtin_popcountll(bits);
    for (uint32_t *at = out;; at += 8) {
        for (unsigned i = 0; i < 8; i++) {
            at[i] = base + csv_first_bit(bits | UINT64_C(1) << 63);
            bits &= bits - 1;
        }
        if (bits == 0)
            return out + n;
    }
}
#endif

typedef void (*look_fn)(struct looks *out, const char *block, char delimiter);
typedef uint32_t *(*put_fn)(uint32_t *out, uint64_t bits, uint32_t base);
typedef unsigned (*count_fn)(uint64_t bits);

/* Made once for each variant, with its own way to look and to put. */
INLINE uint64_t find_marks(look_fn look, const char *block, char delimiter)
{
    struct looks see;
    look(&see, block, delimiter);
    return see.delimiters | see.returns | see.feeds;
}

INLINE size_t find_stops(look_fn look, put_fn put, count_fn count, uint32_t *stops, size_t *lines,
                         const char *data, size_t from, size_t *to, char delimiter)
{
    uint32_t *out = stops;
    uint64_t after_return = 0;
    *lines = 0;
    for (size_t at = from; at < *to; at += CSV_BLOCK) {
        struct looks see;
        look(&see, data + at, delimiter);
        uint64_t found = see.delimiters | see.returns;
        found |= see.feeds & ~(see.returns << 1 | after_return);
        after_return = see.returns >> 63;
        if (see.quotes != 0 && at + csv_first_bit(see.quotes) < *to)
            *to = at + csv_first_bit(see.quotes);
        if (*to - at < CSV_BLOCK)
            found &= (UINT64_C(1) << (*to - at)) - 1;
        *lines += count(found & ~see.delimiters);
        out = put(out, found, (uint32_t)at);
    }
    return (size_t)(out - stops);
}

static uint64_t marks_portable(const char *block, char delimiter)
{
    return find_marks(look_portable, block, delimiter);
}

static size_t stops_portable(uint32_t *stops, size_t *lines, const char *data, size_t from,
                             size_t *to, char delimiter)
{
    return find_stops(look_portable, put_each, count_each, stops, lines, data, from, to, delimiter);
}

#if defined(HAS_X86)
static uint64_t marks_sse2(const char *block, char delimiter)
{
    return find_marks(look_sse2, block, delimiter);
}

static size_t stops_sse2(uint32_t *stops, size_t *lines, const char *data, size_t from, size_t *to,
                         char delimiter)
{
    return find_stops(look_sse2, put_each, count_each, stops, lines, data, from, to, delimiter);
}

AVX2 static uint64_t marks_avx2(const char *block, char delimiter)
{
    return find_marks(look_avx2, block, delimiter);
}

AVX2 static size_t stops_avx2(uint32_t *stops, size_t *lines, const char *data, size_t from,
                              size_t *to, char delimiter)
{
    return find_stops(look_avx2, put_eights, count_avx2, stops, lines, data, from, to, delimiter);
}
#elif defined(HAS_NEON)
static uint64_t marks_neon(const char *block, char delimiter)
{
    return find_marks(look_neon, block, delimiter);
}

static size_t stops_neon(uint32_t *stops, size_t *lines, const char *data, size_t from, size_t *to,
                         char delimiter)
{
    return find_stops(look_neon, put_each, count_each, stops, lines, data, from, to, delimiter);
}
#endif

const struct csv_marks *csv_marks_variant(unsigned i)
{
    static const struct csv_marks portable = {marks_portable, stops_portable};
#if defined(HAS_X86)
    static const struct csv_marks sse2 = {marks_sse2, stops_sse2};
    static const struct csv_marks avx2 = {marks_avx2, stops_avx2};
    const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                          __builtin_cpu_supports("popcnt");
    const struct csv_marks *all[] = {&portable, &sse2, has_avx2 ? &avx2 : NULL};
#elif defined(HAS_NEON)
    static const struct csv_marks neon = {marks_neon, stops_neon};
    const struct csv_marks *all[] = {&portable, &neon};
#else
    const struct csv_marks *all[] = {&portable};
#endif
    return i < sizeof all / sizeof *all ? all[i] : NULL;
}

const struct csv_marks *csv_marks_choose(void)
{
    const struct csv_marks *best = NULL;
    for (unsigned i = 0; csv_marks_variant(i) != NULL; i++)
        best = csv_marks_variant(i);
    return best;
}
