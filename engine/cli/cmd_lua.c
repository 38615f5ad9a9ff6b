/*
 * cmd_lua.c - steelyard lua: a prompt with the rule API and the funds of an evaluation.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/help.h"
#include "cli/prompt.h"

/* Without a name the evaluation in this folder, if there is one. */
static const char *choose_evaluation(const struct options *options)
{
    if (options->arguments.n > 0)
        return options->arguments.items[0];
    return access("evaluation.ini", F_OK) == 0 ? "." : NULL;
}

static const char *help_text(const char *language)
{
    if (strcmp(language, "zh") == 0)
        return "表达式的值会打印出来；语句直接执行；没写完的下一行接着写。\n"
               "变量不写 local，下一行还在。\n"
               "  funds                        评价对象的编号\n"
               "  fund(\"编号\"[, 年度])         一个评价对象；.facts 基础数据，.indicators 指标\n"
               "  rules(\"类型\"[, 年度])        在用的规则\n"
               "  rule(i, f)                   评价对象 f 的指标 i 用的规则\n"
               "  sy.completion{}(i, f)        规则可以直接算：得分系数和算式\n"
               "例：\n"
               "  f = fund(funds[1])\n"
               "  f.indicators\n"
               "  i = f.indicators[\"execution.rate\"]\n"
               "  rule(i, f)(i, f)\n"
               "help \"deduct\" 说明一条规则，help \"fund:cap\" 说明脚本里的名称，help "
               "\"bad-number\"\n"
               "说明一种疑点；help \"rules\" 全部列出。\n"
               "模块 sy：\n";
    return "An expression prints its values, a statement runs, what is unfinished goes on\n"
           "in the next line. Globals are kept from line to line.\n"
           "  funds                        ids of the funds\n"
           "  fund(\"ID\"[, YEAR])           a fund; .facts and .indicators of it\n"
           "  rules(\"TYPE\"[, YEAR])        the rules in force\n"
           "  rule(i, f)                   the rule that grades indicator i of fund f\n"
           "  sy.completion{}(i, f)        a rule can be called: attainment and formula\n"
           "For example:\n"
           "  f = fund(funds[1])\n"
           "  f.indicators\n"
           "  i = f.indicators[\"execution.rate\"]\n"
           "  rule(i, f)(i, f)\n"
           "help \"deduct\" explains a rule, help \"fund:cap\" a name of scripts,\n"
           "help \"bad-number\" a finding; help \"rules\" lists them. The module:\n";
}

/* One line: of Lua, or a question to the manual, which is no Lua and so can be typed with ease. */
static sy_status read_line(sy_console *console, const struct prompt *prompt, const char *line,
                           const char *language, int *more, sy_error *error)
{
    char topic[64];
    if (prompt_cut(prompt)) {
        (void)sy_console_drop(console);
        *error = (sy_error){.status = SY_EINPUT,
                            .message = "a line has a NUL byte: lines are UTF-8 text"};
        return SY_EINPUT;
    }
    if (!*more && help_read_line(topic, sizeof topic, line))
        return help_print(topic, language, error);
    sy_status status = sy_console_line(console, line, more, error);
    fputs(sy_console_text(console), stdout);
    return status;
}

/* Lines until the end; EXIT_INPUT where one failed and nobody sits there to see it. */
static int read_lines(sy_console *console, struct prompt *prompt, const char *language)
{
    int code = EXIT_DONE, more = 0;
    sy_error error;
    const char *line;
    while ((line = prompt_read(prompt, more != 0)) != NULL) {
        if (prompt_dropped(prompt)) {
            (void)sy_console_drop(console);
            more = 0;
            continue;
        }
        if (!more && !prompt_cut(prompt) &&
            (strcmp(line, "quit") == 0 || strcmp(line, "exit") == 0))
            break;
        sy_status status = read_line(console, prompt, line, language, &more, &error);
        fflush(stdout);
        if (status != SY_OK) {
            more = 0;
            message_error(&error);
            code = prompt_is_terminal(prompt) ? EXIT_DONE : EXIT_INPUT;
        }
    }
    if (sy_console_drop(console) && !prompt_is_terminal(prompt)) {
        sy_error unfinished = {.status = SY_EINPUT,
                               .message = "the last statement is not finished"};
        code = message_error(&unfinished);
    }
    return code;
}

static int lua(const struct command *command, const struct options *options)
{
    sy_run *run = NULL;
    sy_console *console = NULL;
    struct prompt *prompt = NULL;
    sy_error error;
    (void)command;
    int code = run_open(&run, choose_evaluation(options), options);
    if (code != EXIT_DONE)
        return code;
    const char *language = options->language ? options->language : sy_run_language(run);
    if (sy_console_open(&console, run, help_text(language), &error) != SY_OK)
        code = message_error(&error);
    else if (!(prompt = prompt_open())) {
        error = (sy_error){.status = SY_ENOMEM, .message = "out of memory"};
        code = message_error(&error);
    } else {
        if (prompt_is_terminal(prompt) && !options->quiet)
            printf("Steelyard %s, %s\n", sy_version(),
                   strcmp(language, "zh") == 0 ? "help 看说明，Ctrl-D 结束"
                                               : "`help` shows what there is, Ctrl-D ends");
        code = read_lines(console, prompt, language);
    }
    if (code == EXIT_DONE && prompt && prompt_failed(prompt)) {
        error = (sy_error){.status = SY_EFILE, .message = "cannot read standard input"};
        code = message_error(&error);
    }
    prompt_close(prompt);
    sy_console_close(console);
    sy_run_close(run);
    return code;
}

const struct command command_lua = {
    .name = "lua",
    .arguments = "[EVALUATION]",
    .summary = "A prompt to try rules on the funds of an evaluation",
    .help = "Without EVALUATION: the one in this folder, else no funds. Lines come from standard\n"
            "input; where that is no terminal there is no prompt, and the exit code is 3 if one\n"
            "of them failed. `help` lists what there is.\n"
            "\n"
            "Examples:\n"
            "  steelyard lua examples/lusong\n"
            "  echo 'sy.date(2020, 12, 31) - sy.date(2020, 1, 1)' | steelyard lua\n",
    .only = " year fund type set lang jobs quiet ",
    .fail_on = FAIL_NEVER,
    .max_arguments = 1,
    .run = lua,
};
