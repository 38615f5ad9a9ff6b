/*
 * help.c - steelyard help: of a command, of a finding's code, of a rule, and lists of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/help.h"
#include "cli/wrap.h"

#define TEXT_COLUMN 12

void help_commands(FILE *out, const struct command *const *commands, size_t ncommands)
{
    fputs("Usage: steelyard COMMAND [EVALUATION] [arguments] [options]\n"
          "\n"
          "Steelyard scores funds against their targets and explains every point.\n"
          "EVALUATION is a folder with an evaluation.ini, that file, or one data file;\n"
          "left out, the current folder.\n"
          "\n"
          "Commands:\n",
          out);
    for (size_t i = 0; i < ncommands; i++)
        fprintf(out, "  %-12s%s\n", commands[i]->name, commands[i]->summary);
    fputs("\n"
          "Examples:\n"
          "  steelyard score examples/lusong\n"
          "  steelyard explain examples/lusong sme-2019\n"
          "  steelyard check examples/lusong\n"
          "\n"
          "steelyard COMMAND --help says more; steelyard help CODE explains a finding,\n"
          "steelyard help RULE a rule or function of scripts; steelyard help findings and\n"
          "steelyard help rules list them all; --version prints the version.\n",
          out);
}

/* The command or code that was probably meant. */
static const char *guess(const char *word, const struct command *const *commands, size_t n)
{
    const char *known[512];
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        known[count++] = commands[i]->name;
    known[count++] = "help";
    for (size_t i = 0; sy_finding_code(i) && count < sizeof known / sizeof *known; i++)
        known[count++] = sy_finding_code(i);
    sy_topic topic;
    for (size_t i = 0; sy_topic_at(&topic, i, "en") && count < sizeof known / sizeof *known; i++)
        known[count++] = topic.name;
    return sy_nearest(word, known, count);
}

/* An unknown topic, with what was probably meant. */
static int refuse_topic(const char *word, const struct command *const *commands, size_t ncommands)
{
    const char *near = guess(word, commands, ncommands);
    return message_usage(
        "no command, finding or rule is called '%s'%s%s%s: steelyard help lists commands, "
        "steelyard help findings the codes, steelyard help rules the rules",
        word, near ? ", did you mean '" : "", near ? near : "", near ? "'" : "");
}

/* One line "- cause: …" of a section as "  cause     …". The label ends at ": " or at "：". */
static void print_item(const char *line, size_t len, const char *label_end)
{
    const size_t mark = strlen(label_end);
    const char *text = line, *end = line + len;
    while (text + mark <= end && strncmp(text, label_end, mark) != 0)
        text++;
    if (len < 2 || text + mark > end) {
        wrap_print(line, len, 0, 0);
        return;
    }
    const char *label = line + 2;
    const size_t label_len = (size_t)(text - label);
    text += mark;
    if (end - text > 1 && *text == '`' && end[-1] == '`') { /* marked as code: plain in print */
        text++;
        end--;
    }
    wrap_labelled(label, label_len, text, (size_t)(end - text), TEXT_COLUMN);
}

static void print_section(const char *code, const char *language)
{
    size_t len;
    const char *section = sy_finding_manual(code, language, &len), *end = section + len;
    printf("%s\n\n", code);
    while (section < end) {
        const char *line = memchr(section, '\n', (size_t)(end - section));
        const size_t n = (size_t)((line ? line : end) - section);
        print_item(section, n, strcmp(language, "zh") == 0 ? "：" : ": ");
        section += n + 1;
    }
}

/* The text behind a label of a section, to the end of its line. */
static const char *find_text(const char *section, size_t len, const char *label, size_t *n)
{
    const char *at = section, *end = section + len;
    *n = 0;
    for (; at < end; at++) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        line = line ? line : end;
        if ((size_t)(line - at) > strlen(label) && strncmp(at, label, strlen(label)) == 0) {
            *n = (size_t)(line - at) - strlen(label);
            return at + strlen(label);
        }
        at = line;
    }
    return "";
}

static void list_findings(const char *language)
{
    static const char *const chinese[] = {"提示", "警告", "错误"};
    const bool zh = strcmp(language, "zh") == 0;
    const char *label = zh ? "- 含义：" : "- meaning: ";
    for (size_t i = 0; sy_finding_code(i); i++) {
        size_t len, n;
        const char *section = sy_finding_manual(sy_finding_code(i), language, &len);
        const char *meaning = find_text(section ? section : "", len, label, &n);
        const sy_severity severity = sy_finding_severity(i);
        printf("%-21s %-*s %.*s\n", sy_finding_code(i), zh ? 0 : 7,
               zh ? chinese[severity] : sy_severity_word(severity), (int)n, meaning);
    }
    puts(zh ? "\nsteelyard help 代码 说明原因和办法。"
            : "\nsteelyard help CODE says where it comes from and what to do.");
}

/* What the user reads: the locale of messages, in the order that POSIX gives. */
static const char *choose_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "zh", 2) == 0 ? "zh" : "en";
    }
    return "en";
}

/* The topic, or NULL after a message. `--lang` may stand before or after it. */
static const char *read_arguments(int argc, char **argv, const char **language)
{
    const char *topic = NULL;
    for (int i = 0; i < argc; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0)
            value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0)
            value = i + 1 < argc ? argv[++i] : "";
        else if (topic) {
            message_usage("'%s' is one argument too many: usage is steelyard help [TOPIC]",
                          argv[i]);
            return NULL;
        } else
            topic = argv[i];
        if (value && strcmp(value, "zh") != 0 && strcmp(value, "en") != 0) {
            message_usage("--lang is zh or en, not '%s'", value);
            return NULL;
        }
        *language = value ? value : *language;
    }
    return topic ? topic : "";
}

/* A finding's code, a rule, or the list of either. */
static bool print_topic(const char *topic, const char *language)
{
    size_t len;
    if (strcmp(topic, "findings") == 0)
        list_findings(language);
    else if (strcmp(topic, "rules") == 0)
        help_list_rules(language);
    else if (sy_finding_manual(topic, language, &len))
        print_section(topic, language);
    else
        return help_print_rule(topic, language);
    return true;
}

bool help_read_line(char *topic, size_t size, const char *line)
{
    static const char around[] = " \t()\"'{};";
    line += strspn(line, " \t");
    if (strncmp(line, "help", 4) != 0)
        return false;
    const char *word = line + 4 + strspn(line + 4, around);
    const size_t len = strcspn(word, around);
    if (word == line + 4 || len == 0 || len >= size || strchr("=.,+-*/<>~&|^%#[]", *word) ||
        word[len + strspn(word + len, around)] != '\0')
        return false;
    memcpy(topic, word, len);
    topic[len] = '\0';
    return true;
}

sy_status help_print(const char *topic, const char *language, sy_error *error)
{
    if (print_topic(topic, language))
        return SY_OK;
    const char *near = guess(topic, NULL, 0);
    *error = (sy_error){.status = SY_EINPUT};
    snprintf(error->message, sizeof error->message,
             "no rule, field or finding is called '%s'%s%s%s: help \"rules\" and help \"findings\" "
             "list them",
             topic, near ? ", did you mean '" : "", near ? near : "", near ? "'" : "");
    return SY_EINPUT;
}

int help_topic(int argc, char **argv, const struct command *const *commands, size_t ncommands)
{
    const char *language = choose_language();
    const char *topic = read_arguments(argc, argv, &language);
    if (!topic)
        return EXIT_USAGE;
    for (size_t i = 0; i < ncommands; i++) {
        if (strcmp(commands[i]->name, topic) == 0) {
            options_print_help(commands[i]);
            return EXIT_DONE;
        }
    }
    if (*topic == '\0' || strcmp(topic, "help") == 0)
        help_commands(stdout, commands, ncommands);
    else if (!print_topic(topic, language))
        return refuse_topic(topic, commands, ncommands);
    return EXIT_DONE;
}
