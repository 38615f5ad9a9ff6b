/*
 * options.c - the command line of one command, by popt.
 */
#include <ctype.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum {
    OPT_YEAR = 1,
    OPT_YEARS,
    OPT_YARDSTICK,
    OPT_STRICT,
    OPT_DRAWS,
    OPT_SPREAD,
    OPT_SEED,
    OPT_EDGE,
    OPT_TO,
    OPT_FUND,
    OPT_TYPE,
    OPT_SET,
    OPT_FORMAT,
    OPT_OUTPUT,
    OPT_OPTION,
    OPT_LANG,
    OPT_JOBS,
    OPT_FAIL_ON,
    OPT_FAIL_UNDER,
    OPT_COVERAGE,
    OPT_COVERAGE_MIN,
    OPT_COLOR,
    OPT_DETAIL,
    OPT_RANK,
    OPT_DIFF,
    OPT_PROPERTIES,
    OPT_WATCH,
    OPT_NEW,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_HELP,
    OPT_VERSION
};

static const struct poptOption table[] = {
    {"year", 0, POPT_ARG_STRING, NULL, OPT_YEAR, "only this year (again, or by commas)", "YEAR"},
    {"years", 0, POPT_ARG_STRING, NULL, OPT_YEARS, "compare these years, in this order", "A,B,.."},
    {"yardstick", 0, POPT_ARG_STRING, NULL, OPT_YARDSTICK, "judge every year by this year's",
     "YEAR"},
    {"strict", 0, POPT_ARG_NONE, NULL, OPT_STRICT, "refuse years whose yardsticks differ", NULL},
    {"draws", 0, POPT_ARG_STRING, NULL, OPT_DRAWS, "how often weights are drawn (10000)", "N"},
    {"spread", 0, POPT_ARG_STRING, NULL, OPT_SPREAD, "how far from the yardstick's, 0 to 1 (0.2)",
     "SHARE"},
    {"seed", 0, POPT_ARG_STRING, NULL, OPT_SEED, "same seed, same draws (1)", "N"},
    {"edge", 0, POPT_ARG_STRING, NULL, OPT_EDGE, "how near to a grade is told (1)", "POINTS"},
    {"to", 0, POPT_ARG_STRING, NULL, OPT_TO, "the grade to be reached", "GRADE"},
    {"fund", 0, POPT_ARG_STRING, NULL, OPT_FUND, "only this fund (may be given again)", "ID"},
    {"type", 0, POPT_ARG_STRING, NULL, OPT_TYPE, "type to score, of a data file, to make", "TYPE"},
    {"set", 0, POPT_ARG_STRING, NULL, OPT_SET, "a yardstick's key for this run",
     "TYPE.SECTION.KEY=VALUE"},
    {"detail", 0, POPT_ARG_NONE, NULL, OPT_DETAIL, "a row an indicator", NULL},
    {"rank", 0, POPT_ARG_NONE, NULL, OPT_RANK, "places within type and year", NULL},
    {"diff", 0, POPT_ARG_NONE, NULL, OPT_DIFF, "what differs between two years", NULL},
    {"properties", 0, POPT_ARG_NONE, NULL, OPT_PROPERTIES, "laws of rules, on invented cases",
     NULL},
    {"watch", 0, POPT_ARG_NONE, NULL, OPT_WATCH, "again whenever a file is saved", NULL},
    {"new", 0, POPT_ARG_NONE, NULL, OPT_NEW, "make the type, however like an installed one", NULL},
    {"format", 0, POPT_ARG_STRING, NULL, OPT_FORMAT, "table, csv, json, ndjson, markdown", "NAME"},
    {"output", 'o', POPT_ARG_STRING, NULL, OPT_OUTPUT, "write a file, format by its extension",
     "FILE"},
    {"option", 0, POPT_ARG_STRING, NULL, OPT_OPTION, "an option of the format: bom=no",
     "NAME=VALUE"},
    {"lang", 0, POPT_ARG_STRING, NULL, OPT_LANG, "language of labels and findings", "zh|en"},
    {"jobs", 0, POPT_ARG_STRING, NULL, OPT_JOBS, "workers; the bytes written are the same", "N"},
    {"fail-on", 0, POPT_ARG_STRING, NULL, OPT_FAIL_ON, "exit 1 on such a finding",
     "note|warning|error|never"},
    {"fail-under", 0, POPT_ARG_STRING, NULL, OPT_FAIL_UNDER,
     "exit 1 if a fund is under or unscored", "SCORE"},
    {"coverage", 0, POPT_ARG_NONE, NULL, OPT_COVERAGE, "also what no case reaches", NULL},
    {"coverage-min", 0, POPT_ARG_STRING, NULL, OPT_COVERAGE_MIN, "exit 1 if cases reach less",
     "PERCENT"},
    {"color", 0, POPT_ARG_STRING, NULL, OPT_COLOR, "colours on a terminal", "auto|always|never"},
    {"quiet", 'q', POPT_ARG_NONE, NULL, OPT_QUIET, "no findings on standard error", NULL},
    {"verbose", 'v', POPT_ARG_NONE, NULL, OPT_VERBOSE, "every finding on standard error", NULL},
    {"help", 0, POPT_ARG_NONE, NULL, OPT_HELP, "this help", NULL},
    {"version", 0, POPT_ARG_NONE, NULL, OPT_VERSION, "the version", NULL},
    POPT_TABLEEND};

static bool list_add(struct list *list, const char *text, size_t len)
{
    char **items = realloc(list->items, (list->n + 1) * sizeof *items);
    if (!items)
        return false;
    list->items = items;
    list->items[list->n] = strndup(text, len);
    return list->items[list->n++] != NULL;
}

static bool list_split(struct list *list, const char *text)
{
    bool added = true;
    while (added) {
        size_t len = strcspn(text, ",");
        added = len == 0 || list_add(list, text, len);
        text += len;
        if (!*text++)
            break;
    }
    return added;
}

static void list_free(struct list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->items[i]);
    free(list->items);
}

void options_free(struct options *o)
{
    list_free(&o->arguments);
    list_free(&o->years);
    list_free(&o->funds);
    list_free(&o->types);
    list_free(&o->sets);
    list_free(&o->writer_options);
    free(o->format);
    free(o->output);
    free(o->language);
    free(o->color);
    free(o->yardstick);
    free(o->to);
}

static int refuse_memory(void)
{
    sy_error error = {.status = SY_ENOMEM, .message = "out of memory"};
    return message_error(&error);
}

static int take_text(char **out, const char *value)
{
    free(*out);
    *out = strdup(value);
    return *out ? EXIT_DONE : refuse_memory();
}

static int take_choice(char **out, const char *name, const char *value, const char *const *choices)
{
    for (const char *const *c = choices; *c; c++)
        if (strcmp(*c, value) == 0)
            return take_text(out, value);
    return message_usage("--%s is %s%s%s%s%s, not '%s'", name, choices[0], choices[2] ? ", " : "",
                         choices[2] ? choices[1] : "", " or ", choices[2] ? choices[2] : choices[1],
                         value);
}

static int take_fail_on(struct options *o, const char *value)
{
    sy_severity severity;
    if (strcmp(value, "never") == 0)
        o->fail_on = FAIL_NEVER;
    else if (sy_severity_of(&severity, value) == SY_OK)
        o->fail_on = (enum fail_on)severity;
    else
        return message_usage("--fail-on is note, warning, error or never, not '%s'", value);
    return EXIT_DONE;
}

/* Digits with an optional point: no locale, no exponent. */
static bool is_decimal(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9)
        return false;
    if (text[digits] != '.')
        return text[digits] == '\0';
    size_t places = strspn(text + digits + 1, "0123456789");
    return places > 0 && places <= 9 && text[digits + 1 + places] == '\0';
}

static int refuse_number(int option, const char *value)
{
    return message_usage(option == OPT_JOBS ? "--jobs '%s' is no whole number above 0"
                         : option == OPT_COVERAGE_MIN
                             ? "--coverage-min '%s' is no per cent, 0 to 100"
                             : "--fail-under '%s' is no number of points",
                         value);
}

static const char *option_name(int option)
{
    const struct poptOption *o = table;
    while (o->val != option)
        o++;
    return o->longName;
}

/* Numbers of draws. The library refuses what is out of range. */
static int take_draws(struct options *o, int option, const char *value)
{
    const bool whole = option == OPT_DRAWS || option == OPT_SEED;
    if (!is_decimal(value) || (whole && strchr(value, '.')))
        return message_usage("--%s '%s' is no %snumber", option_name(option), value,
                             whole ? "whole " : "");
    if (option == OPT_DRAWS)
        o->draws = (unsigned)strtoul(value, NULL, 10);
    else if (option == OPT_SEED)
        o->seed = strtoull(value, NULL, 10);
    else
        *(option == OPT_SPREAD ? &o->spread : &o->edge) = strtod(value, NULL);
    return EXIT_DONE;
}

static int take_number(struct options *o, int option, const char *value)
{
    if (!is_decimal(value) || (option == OPT_JOBS && (strchr(value, '.') || atoi(value) < 1)))
        return refuse_number(option, value);
    if (option == OPT_JOBS) {
        o->jobs = atoi(value);
        return EXIT_DONE;
    }
    /* The C locale holds for numbers: main sets only how characters are classed. */
    if (option == OPT_COVERAGE_MIN) {
        o->coverage_min = strtod(value, NULL);
        o->coverage = o->has_coverage_min = 1;
        return o->coverage_min <= 100 ? EXIT_DONE : refuse_number(option, value);
    }
    o->fail_under = strtod(value, NULL);
    o->has_fail_under = true;
    return EXIT_DONE;
}

static int take_option(struct options *o, int option, const char *value)
{
    static const char *const languages[] = {"zh", "en", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    bool added = true;
    switch (option) {
    case OPT_YEAR:
    case OPT_YEARS:
        added = list_split(&o->years, value);
        break;
    case OPT_FUND:
        added = list_add(&o->funds, value, strlen(value));
        break;
    case OPT_TYPE:
        added = list_add(&o->types, value, strlen(value));
        break;
    case OPT_SET:
        added = list_add(&o->sets, value, strlen(value));
        break;
    case OPT_OPTION:
        if (!strchr(value, '='))
            return message_usage("--option '%s' is not NAME=VALUE", value);
        added = list_add(&o->writer_options, value, strlen(value));
        break;
    case OPT_FORMAT:
        return take_text(&o->format, value);
    case OPT_OUTPUT:
        if (!*value)
            return message_usage("-o names no file");
        free(o->output);
        o->output = NULL; /* where results go anyway */
        return strcmp(value, "-") == 0 ? EXIT_DONE : take_text(&o->output, value);
    case OPT_DRAWS:
    case OPT_SPREAD:
    case OPT_SEED:
    case OPT_EDGE:
        return take_draws(o, option, value);
    case OPT_TO:
        return take_text(&o->to, value);
    case OPT_YARDSTICK:
        return take_text(&o->yardstick, value);
    case OPT_LANG:
        return take_choice(&o->language, "lang", value, languages);
    case OPT_COLOR:
        return take_choice(&o->color, "color", value, colors);
    case OPT_FAIL_ON:
        return take_fail_on(o, value);
    default:
        return take_number(o, option, value);
    }
    return added ? EXIT_DONE : refuse_memory();
}

/* Of a command that takes a few options alone. */
static bool is_listed(const char *list, int option)
{
    char word[32];
    snprintf(word, sizeof word, " %s ", option_name(option));
    return option == OPT_HELP || option == OPT_VERSION || strstr(list, word);
}

static bool takes_option(const struct command *command, int option)
{
    if (command->only)
        return is_listed(command->only, option);
    switch (option) {
    case OPT_NEW:
        return false;
    case OPT_TO:
        return command->improves;
    case OPT_YEARS:
    case OPT_YARDSTICK:
    case OPT_STRICT:
        return command->compares;
    case OPT_DRAWS:
    case OPT_SPREAD:
    case OPT_SEED:
    case OPT_EDGE:
        return command->draws;
    case OPT_DETAIL:
        return command->details;
    case OPT_RANK:
        return command->ranks;
    case OPT_DIFF:
        return command->diffs;
    case OPT_PROPERTIES:
        return command->tests;
    case OPT_WATCH:
        return command->watches;
    case OPT_FUND:
        return !command->unscored && !command->improves;
    case OPT_FAIL_ON:
    case OPT_FAIL_UNDER:
        return !command->unscored;
    case OPT_YEAR:
        return !command->tests && !command->compares;
    case OPT_SET:
    case OPT_VERBOSE:
        return !command->tests;
    case OPT_COVERAGE:
    case OPT_COVERAGE_MIN:
        return command->tests;
    default:
        return true;
    }
}

static int take_flag(struct options *o, int option)
{
    switch (option) {
    case OPT_DETAIL:
        o->detail = 1;
        break;
    case OPT_RANK:
        o->rank = 1;
        break;
    case OPT_DIFF:
        o->diff = 1;
        break;
    case OPT_STRICT:
        o->strict = 1;
        break;
    case OPT_COVERAGE:
        o->coverage = 1;
        break;
    case OPT_PROPERTIES:
        o->properties = 1;
        break;
    case OPT_WATCH:
        o->watch = 1;
        break;
    case OPT_NEW:
        o->new_types = 1;
        break;
    case OPT_QUIET:
        o->quiet = 1;
        break;
    case OPT_VERBOSE:
        o->verbose = 1;
        break;
    case OPT_VERSION:
        o->version = true;
        break;
    default:
        o->help = true;
        break;
    }
    return EXIT_DONE;
}

/* The option that was meant, with its dashes; NULL where none is like it. */
static const char *near_option(const struct command *command, const char *given)
{
    const char *names[sizeof table / sizeof *table];
    size_t n = 0, len = strcspn(given, "=");
    char word[64];
    for (const struct poptOption *o = table; o->longName; o++)
        if (takes_option(command, o->val))
            names[n++] = o->longName;
    if (len < 4 || len >= sizeof word || strncmp(given, "--", 2) != 0)
        return NULL;
    snprintf(word, sizeof word, "%.*s", (int)len - 2, given + 2);
    return sy_nearest(word, names, n);
}

static int refuse_option(const struct command *command, const char *given, int error)
{
    const char *near = error == POPT_ERROR_BADOPT ? near_option(command, given) : NULL;
    return message_usage("%s: %s%s%s%s; see steelyard %s --help", given, poptStrerror(error),
                         near ? ", did you mean '--" : "", near ? near : "", near ? "'" : "",
                         command->name);
}

/* popt gives none where it has no memory for it. */
static bool needs_value(int option)
{
    const struct poptOption *o = table;
    while (o->val != option)
        o++;
    return o->argInfo != POPT_ARG_NONE;
}

static int parse_options(struct options *o, const struct command *command, poptContext context)
{
    int option, code = EXIT_DONE;
    while (code == EXIT_DONE && (option = poptGetNextOpt(context)) > 0) {
        char *value = poptGetOptArg(context);
        if (!takes_option(command, option))
            code = message_usage("%s has no --%s: see steelyard %s --help", command->name,
                                 option_name(option), command->name);
        else if (needs_value(option))
            code = value ? take_option(o, option, value) : refuse_memory();
        else
            code = take_flag(o, option);
        free(value);
    }
    if (code == EXIT_DONE && option < -1)
        return refuse_option(command, poptBadOption(context, 0), option);
    const char *argument;
    while (code == EXIT_DONE && (argument = poptGetArg(context)))
        if (!list_add(&o->arguments, argument, strlen(argument)))
            code = refuse_memory();
    if (code == EXIT_DONE && !o->help && !o->version && o->arguments.n > command->max_arguments)
        return message_usage("'%s' is one argument too many: usage is steelyard %s %s",
                             o->arguments.items[command->max_arguments], command->name,
                             command->arguments);
    return code;
}

int options_parse(struct options *out, const struct command *command, int argc, const char **argv)
{
    *out = (struct options){.command = command,
                            .fail_on = command->fail_on,
                            .draws = 10000,
                            .spread = 0.2,
                            .seed = 1,
                            .edge = 1};
    poptContext context = poptGetContext("steelyard", argc, argv, table, 0);
    if (!context)
        return refuse_memory();
    int code = parse_options(out, command, context);
    poptFreeContext(context);
    return code;
}

void options_print_help(const struct command *command)
{
    printf("Usage: steelyard %s %s [options]\n\n%s.\n\nOptions:\n", command->name,
           command->arguments, command->summary);
    for (const struct poptOption *o = table; o->longName; o++) {
        char name[80];
        if (!takes_option(command, o->val))
            continue;
        snprintf(name, sizeof name, "%c%c%s--%s%s%s", o->shortName ? '-' : ' ',
                 o->shortName ? o->shortName : ' ', o->shortName ? ", " : "  ", o->longName,
                 o->argDescrip ? " " : "", o->argDescrip ? o->argDescrip : "");
        printf("  %-38s %s%s\n", name,
               strlen(name) > 38 ? "\n                                         " : "", o->descrip);
    }
    printf("\nExit codes: 0 done; 1 a threshold of --fail-on or --fail-under was met;\n"
           "2 the command line; 3 an INI, script or table that cannot be used, or a script\n"
           "that failed for some fund; 4 a file that is absent, unreadable or unwritable;\n"
           "130 interrupted.\n"
           "\n%s",
           command->help);
}
