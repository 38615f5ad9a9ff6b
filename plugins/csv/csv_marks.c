/*
 * csv_marks.c - compares 64 bytes at once with the three that may end a cell. Which instructions
 * there are is found out when the program runs: one build serves every processor.
 */
#include "csv_marks.h"

#include <stddef.h>
#include <string.h>

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

static uint64_t marks_portable(const char *block, char delimiter)
{
    const uint64_t delimiters = ONES * (unsigned char)delimiter;
    uint64_t marks = 0;
    for (unsigned i = 0; i < CSV_BLOCK / 8; i++) {
        const uint64_t word = read_word(block + (size_t)8 * i);
        const uint64_t found = mark_zeros(word ^ delimiters) | mark_zeros(word ^ (ONES * 0x0A)) |
                               mark_zeros(word ^ (ONES * 0x0D));
        marks |= ((found >> 7) * GATHER >> 49 & 0xFF) << (8 * i);
    }
    return marks;
}

#if defined(HAS_X86)
static uint64_t marks_sse2(const char *block, char delimiter)
{
    const __m128i d = _mm_set1_epi8(delimiter), n = _mm_set1_epi8('\n'), r = _mm_set1_epi8('\r');
    uint64_t marks = 0;
    for (unsigned i = 0; i < CSV_BLOCK / 16; i++) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(block + (size_t)16 * i));
        const __m128i found =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, d),
                         _mm_or_si128(_mm_cmpeq_epi8(bytes, n), _mm_cmpeq_epi8(bytes, r)));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * i);
    }
    return marks;
}

__attribute__((target("avx2"))) static uint64_t marks_avx2(const char *block, char delimiter)
{
    const __m256i d = _mm256_set1_epi8(delimiter), n = _mm256_set1_epi8('\n'),
                  r = _mm256_set1_epi8('\r');
    uint64_t marks = 0;
    for (unsigned i = 0; i < CSV_BLOCK / 32; i++) {
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)(block + (size_t)32 * i));
        const __m256i found = _mm256_or_si256(
            _mm256_cmpeq_epi8(bytes, d),
            _mm256_or_si256(_mm256_cmpeq_epi8(bytes, n), _mm256_cmpeq_epi8(bytes, r)));
        marks |= (uint64_t)(uint32_t)_mm256_movemask_epi8(found) << (32 * i);
    }
    return marks;
}
#elif defined(HAS_NEON)
/* NEON has no movemask: each byte keeps one bit of its own, and neighbours are added up. */
static uint64_t marks_neon(const char *block, char delimiter)
{
    static const uint8_t own[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bit = vld1q_u8(own), d = vdupq_n_u8((uint8_t)delimiter), n = vdupq_n_u8('\n'),
                     r = vdupq_n_u8('\r');
    uint64_t marks = 0;
    for (unsigned i = 0; i < CSV_BLOCK / 16; i++) {
        const uint8x16_t bytes = vld1q_u8((const uint8_t *)block + (size_t)16 * i);
        const uint8x16_t found = vandq_u8(
            bit, vorrq_u8(vceqq_u8(bytes, d), vorrq_u8(vceqq_u8(bytes, n), vceqq_u8(bytes, r))));
        const uint64_t low = vaddv_u8(vget_low_u8(found)), high = vaddv_u8(vget_high_u8(found));
        marks |= (low | high << 8) << (16 * i);
    }
    return marks;
}
#endif

csv_marks_fn csv_marks_variant(unsigned i)
{
    csv_marks_fn all[4] = {marks_portable};
    size_t n = 1;
#if defined(HAS_X86)
    all[n++] = marks_sse2;
    if (__builtin_cpu_supports("avx2"))
        all[n++] = marks_avx2;
#elif defined(HAS_NEON)
    all[n++] = marks_neon;
#endif
    return i < n ? all[i] : NULL;
}

csv_marks_fn csv_marks_choose(void)
{
    csv_marks_fn best = NULL;
    for (unsigned i = 0; csv_marks_variant(i) != NULL; i++)
        best = csv_marks_variant(i);
    return best;
}
