/*
 * sheets_years.c - compare, sensitivity and review as lists.
 */
#include <string.h>

#include "sheets.h"

void sheets_compare(struct book *b, const struct tree *report)
{
    (void)b;
    (void)report;
}
void sheets_sensitivity(struct book *b, const struct tree *report)
{
    (void)b;
    (void)report;
}
void sheets_review(struct book *b, const struct tree *report)
{
    (void)b;
    (void)report;
}
