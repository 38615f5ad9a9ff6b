/*
 * help.h - steelyard help of rules and of what else scripts reach.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdbool.h>

/* False: there is no rule, field or function of that name. */
bool help_print_rule(const char *name, const char *language);
void help_list_rules(const char *language);

#endif
