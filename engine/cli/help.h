/*
 * help.h - steelyard help of rules and of what else scripts reach.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdbool.h>
#include <stddef.h>

#include <steelyard/steelyard.h>

/* False: there is no rule, field or function of that name. */
bool help_print_rule(const char *name, const char *language);
void help_list_rules(const char *language);

/* The topic of a line that a person types at the prompt: help "deduct", help(sy.deduct), help
 * fund:cap. False: the line asks for none. */
bool help_read_line(char *topic, size_t size, const char *line);
/* A finding's code, a rule or something else that scripts reach. SY_EINPUT: there is none. */
sy_status help_print(const char *topic, const char *language, sy_error *error);

#endif
