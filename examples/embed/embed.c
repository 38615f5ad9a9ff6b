/*
 * embed.c - scores an evaluation through libsteelyard and prints a line a fund.
 *
 *     embed EVALUATION DATA
 *
 * DATA is the folder with the installed config/ and scripts/ (PREFIX/share/steelyard).
 */
#include <stdio.h>

#include <steelyard/steelyard.h>

static int fail(const sy_error *error)
{
    fprintf(stderr, "embed: %s%s%s\n", error->file, error->file[0] ? ": " : "", error->message);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: embed EVALUATION DATA\n", stderr);
        return 2;
    }
    sy_run_options options = {.struct_size = sizeof options, .data = argv[2], .language = "en"};
    sy_error error;
    sy_run *run;
    if (sy_run_open(&run, argv[1], &options, &error) != SY_OK)
        return fail(&error);
    for (size_t i = 0; i < sy_run_nfunds(run); i++) {
        sy_fund_score fund;
        sy_run_fund(run, i, &fund);
        if (fund.has_score)
            printf("%s %d: %.2f of %g, %s\n", fund.fund, fund.year, fund.score, fund.full_score,
                   fund.grade != NULL ? fund.grade : "no grade");
        else
            printf("%s %d: no score (%s)\n", fund.fund, fund.year, fund.status);
    }
    printf("%zu findings\n", sy_run_nfindings(run));
    sy_run_close(run);
    return 0;
}
