/*
 * load_form.h - private to the load stage: files that are official forms.
 */
#ifndef STAGE_LOAD_FORM_H
#define STAGE_LOAD_FORM_H

#include "stage/load_part.h"

/* Reads the forms of a file: funds, their facts and outcomes. As load_part_whole. `none` (may be
 * NULL): there are none, which is no finding then. */
sy_status load_form(struct load_part *p, const struct load_env *env, const struct load_file *file,
                    bool *none);

#endif
