/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-flow.h"

/* @expected: the first pieces of the pages, with a -1 after the last. */
static void
check (const WayPiece *pieces, guint n, double height, const int *expected)
{
  g_autoptr (GArray) starts = way_flow_paginate (pieces, n, height);
  guint i = 0;

  for (; expected[i] >= 0; i++) {
    g_assert_cmpuint (i, <, starts->len);
    g_assert_cmpint ((int) g_array_index (starts, guint, i), ==, expected[i]);
  }
  g_assert_cmpuint (starts->len, ==, i);
}

static void
test_nothing (void)
{
  check (NULL, 0, 100.0, (int[]){-1});
}

static void
test_fills_pages (void)
{
  WayPiece pieces[5] = {{0, 40, 0, 0}, {0, 40, 0, 0}, {0, 20, 0, 0}, {0, 60, 0, 0}, {0, 41, 0, 0}};

  check (pieces, 5, 100.0, (int[]){0, 3, 4, -1});
}

static void
test_exactly_full (void)
{
  WayPiece pieces[10];

  for (guint i = 0; i < 10; i++)
    pieces[i] = (WayPiece){0, 100.0 / 3.0 / 1.0, 0, 0};
  check (pieces, 10, 100.0, (int[]){0, 3, 6, 9, -1});
}

static void
test_gap_is_dropped_at_the_top (void)
{
  WayPiece pieces[3] = {{50, 60, 0, 0}, {40, 60, 0, 0}, {40, 60, 0, 0}};

  check (pieces, 3, 160.0, (int[]){0, 2, -1});
  check (pieces, 2, 159.0, (int[]){0, 1, -1});
}

static void
test_heading_moves_with_its_text (void)
{
  WayPiece pieces[3] = {{0, 70, 0, 0}, {0, 20, 0, WAY_KEEP_MUST}, {0, 20, 0, WAY_KEEP_FREE}};

  check (pieces, 3, 100.0, (int[]){0, 1, -1});
}

static void
test_no_single_lines (void)
{
  /* A paragraph of five lines of which four have room: two of them go on. */
  WayPiece pieces[5] = {{0, 10, 0, WAY_KEEP_MUST},
                        {0, 10, 0, 0},
                        {0, 10, 0, 0},
                        {0, 10, 0, WAY_KEEP_MUST},
                        {0, 10, 0, 0}};

  check (pieces, 5, 40.0, (int[]){0, 3, -1});
}

static void
test_box_stays_whole_if_it_can (void)
{
  WayPiece pieces[4] = {
      {0, 60, 0, 0}, {0, 30, 0, WAY_KEEP_PREFER}, {0, 30, 0, WAY_KEEP_PREFER}, {0, 30, 0, 0}};

  check (pieces, 4, 100.0, (int[]){0, 1, -1});
}

static void
test_box_taller_than_a_page_is_parted (void)
{
  /* It is not moved first: that would leave a hole and help nobody. */
  WayPiece pieces[5] = {{0, 60, 0, 0},
                        {0, 30, 0, WAY_KEEP_PREFER},
                        {0, 40, 0, WAY_KEEP_MUST},
                        {0, 40, 0, WAY_KEEP_PREFER},
                        {0, 40, 0, 0}};

  check (pieces, 5, 100.0, (int[]){0, 2, 4, -1});
}

static void
test_chain_longer_than_a_page_ends (void)
{
  WayPiece pieces[4] = {{0, 60, 0, WAY_KEEP_MUST},
                        {0, 60, 0, WAY_KEEP_MUST},
                        {0, 60, 0, WAY_KEEP_MUST},
                        {0, 300, 0, WAY_KEEP_MUST}};

  check (pieces, 4, 100.0, (int[]){0, 1, 2, 3, -1});
}

static void
test_room_for_what_is_repeated (void)
{
  WayPiece pieces[5] = {
      {0, 20, 0, WAY_KEEP_MUST}, {0, 40, 20, 0}, {0, 40, 20, 0}, {0, 40, 20, 0}, {0, 40, 20, 0}};

  check (pieces, 5, 100.0, (int[]){0, 3, -1});
  pieces[4].height = 41.0;
  check (pieces, 5, 100.0, (int[]){0, 3, 4, -1});
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/flow/nothing", test_nothing);
  g_test_add_func ("/report/flow/fills-pages", test_fills_pages);
  g_test_add_func ("/report/flow/exactly-full", test_exactly_full);
  g_test_add_func ("/report/flow/gap-at-the-top", test_gap_is_dropped_at_the_top);
  g_test_add_func ("/report/flow/heading", test_heading_moves_with_its_text);
  g_test_add_func ("/report/flow/no-single-lines", test_no_single_lines);
  g_test_add_func ("/report/flow/box-whole", test_box_stays_whole_if_it_can);
  g_test_add_func ("/report/flow/box-parted", test_box_taller_than_a_page_is_parted);
  g_test_add_func ("/report/flow/chain", test_chain_longer_than_a_page_ends);
  g_test_add_func ("/report/flow/repeated-head", test_room_for_what_is_repeated);
  return g_test_run ();
}
