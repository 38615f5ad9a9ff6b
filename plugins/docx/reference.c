/*
 * reference.c - the reference documents, of which pandoc takes fonts, margins and borders: one for
 * Chinese and one for English. The build zips them from reference/.
 */
#include "docx.h"

#define EMBED(name, file)                                        \
    __asm__(".pushsection .rodata\n"                             \
            ".hidden docx_" name "\n.hidden docx_" name "_end\n" \
            ".globl docx_" name "\n.globl docx_" name "_end\n"   \
            ".balign 16\n"                                       \
            "docx_" name ":\n.incbin \"" file "\"\n"             \
            "docx_" name "_end:\n.byte 0\n"                      \
            ".popsection\n")

EMBED("zh", DOCX_REFERENCE_ZH);
EMBED("en", DOCX_REFERENCE_EN);

extern const unsigned char docx_zh[], docx_zh_end[], docx_en[], docx_en_end[];

const unsigned char *reference_bytes(bool zh, size_t *len)
{
    *len = zh ? (size_t)(docx_zh_end - docx_zh) : (size_t)(docx_en_end - docx_en);
    return zh ? docx_zh : docx_en;
}
