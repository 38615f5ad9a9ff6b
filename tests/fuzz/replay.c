/*
 * replay.c - runs a fuzz target over the files of its corpus: what `./dev test` does without
 * libFuzzer. Arguments are files and folders; a target that breaks a law ends the program, which
 * has named the file before.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "fuzz.h"

static int replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return -1;
    }
    size_t len = (size_t)st.st_size;
    uint8_t *bytes = malloc(len + 1);
    if (bytes && fread(bytes, 1, len, f) == len) {
        printf("%s\n", path);
        fflush(stdout);
        /* A copy of its own size: a byte behind it belongs to nobody. */
        uint8_t *exact = malloc(len ? len : 1);
        FUZZ_LAW(exact, "no memory");
        memcpy(exact, bytes, len);
        (void)LLVMFuzzerTestOneInput(exact, len);
        free(exact);
    }
    free(bytes);
    fclose(f);
    return 1;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* How many files were replayed; -1 where one could not be read. */
static int replay(const char *path)
{
    struct dirent **entries;
    int n = scandir(path, &entries, is_shown, alphasort), done = 0;
    if (n < 0)
        return replay_file(path);
    for (int i = 0; i < n; i++) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        int one = done < 0 ? 0 : replay_file(name);
        done = one < 0 ? -1 : done + one;
        free(entries[i]);
    }
    free(entries);
    return done;
}

int main(int argc, char **argv)
{
    int total = 0;
    for (int i = 1; i < argc; i++) {
        int n = replay(argv[i]);
        if (n < 0)
            return 1;
        total += n;
    }
    printf("%d inputs replayed\n", total);
    return total > 0 ? 0 : 1;
}
