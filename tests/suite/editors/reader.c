/* Reads texts with the grammar for tree-sitter as editors do, and prints what it found. It is C, since the library takes a
   language only by its pointer, and nothing of ours in Rust is unsafe.

     reader kinds            every kind of node: `named kind`
     reader trees DEPTH      for each text: a line with its tree, then the nodes down to DEPTH: `start end flags kind`,
                             where a flag is n for named, e for an error, m for missing, b for broken within
     reader query FILE       for each text what a query captures: `start end pattern name`

   A text on the standard input is preceded by its length in bytes and a line break; each answer ends with a line `.`. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_rulebook(void);

static char *read_bytes(FILE *file, size_t length) {
  char *bytes = malloc(length + 1);
  if (!bytes || fread(bytes, 1, length, file) != length) exit(2);
  bytes[length] = 0;
  return bytes;
}

static char *read_file(const char *name) {
  FILE *file = fopen(name, "rb");
  if (!file || fseek(file, 0, SEEK_END)) exit(2);
  size_t length = (size_t)ftell(file);
  rewind(file);
  char *bytes = read_bytes(file, length);
  fclose(file);
  return bytes;
}

static void kinds(void) {
  const TSLanguage *language = tree_sitter_rulebook();
  for (uint32_t id = 0; id < ts_language_symbol_count(language); id++) {
    TSSymbolType type = ts_language_symbol_type(language, (TSSymbol)id);
    if (type == TSSymbolTypeRegular || type == TSSymbolTypeAnonymous)
      printf("%d %s\n", type == TSSymbolTypeRegular, ts_language_symbol_name(language, (TSSymbol)id));
  }
}

static void nodes(TSNode node, int depth) {
  printf("%u %u %s%s%s%s- %s\n", ts_node_start_byte(node), ts_node_end_byte(node), ts_node_is_named(node) ? "n" : "",
         ts_node_is_error(node) ? "e" : "", ts_node_is_missing(node) ? "m" : "", ts_node_has_error(node) ? "b" : "",
         ts_node_type(node));
  for (uint32_t at = 0; depth > 0 && at < ts_node_child_count(node); at++) nodes(ts_node_child(node, at), depth - 1);
}

static void tree(TSNode root, int depth) {
  char *written = ts_node_string(root);
  printf("%s\n", written);
  free(written);
  nodes(root, depth);
}

static TSQuery *query_of(const char *name) {
  char *text = read_file(name);
  uint32_t place;
  TSQueryError error;
  TSQuery *query = ts_query_new(tree_sitter_rulebook(), text, (uint32_t)strlen(text), &place, &error);
  if (!query) {
    fprintf(stderr, "%s: mistake %d at byte %u: %.40s\n", name, error, place, text + place);
    exit(1);
  }
  free(text);
  return query;
}

static void captures(const TSQuery *query, TSNode root) {
  TSQueryCursor *cursor = ts_query_cursor_new();
  ts_query_cursor_exec(cursor, query, root);
  TSQueryMatch match;
  uint32_t at;
  while (ts_query_cursor_next_capture(cursor, &match, &at)) {
    TSQueryCapture capture = match.captures[at];
    uint32_t length;
    const char *name = ts_query_capture_name_for_id(query, capture.index, &length);
    printf("%u %u %u %.*s\n", ts_node_start_byte(capture.node), ts_node_end_byte(capture.node), match.pattern_index,
           (int)length, name);
  }
  ts_query_cursor_delete(cursor);
}

int main(int count, char **words) {
  if (count == 2 && !strcmp(words[1], "kinds")) return kinds(), 0;
  if (count != 3) return 2;
  TSQuery *query = !strcmp(words[1], "query") ? query_of(words[2]) : NULL;
  TSParser *parser = ts_parser_new();
  if (!ts_parser_set_language(parser, tree_sitter_rulebook())) return 2;
  size_t length;
  while (scanf("%zu", &length) == 1) {
    getchar();
    char *text = read_bytes(stdin, length);
    TSTree *read = ts_parser_parse_string(parser, NULL, text, (uint32_t)length);
    if (query) captures(query, ts_tree_root_node(read));
    else tree(ts_tree_root_node(read), atoi(words[2]));
    printf(".\n");
    ts_tree_delete(read);
    free(text);
  }
  return 0;
}
