/*
 * manual.h - the pages of docs/ that the library carries with it; the build makes them bytes.
 */
#ifndef API_MANUAL_H
#define API_MANUAL_H

/* docs/findings.md and docs/findings.zh-CN.md, NUL-terminated. */
extern const unsigned char manual_findings_en[];
extern const unsigned char manual_findings_zh[];

#endif
