/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-date-entry.h"

#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WayDateEntry {
  GtkWidget parent_instance;

  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *calendar;
};

enum { CHANGED, ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayDateEntry, way_date_entry, GTK_TYPE_WIDGET)

static int
month_of (const char *word)
{
  for (int month = 1; month <= 12; month++) {
    g_autofree char *name = g_utf8_casefold (way_month_name (month), -1);
    g_autofree char *folded = g_utf8_casefold (word, -1);

    if (strlen (folded) >= 3 && g_str_has_prefix (name, folded))
      return month;
  }
  return 0;
}

static int
number_of (const char *word, int most)
{
  guint64 number = 0;

  return g_ascii_string_to_unsigned (word, 10, 1, (guint64) most, &number, NULL) ? (int) number : 0;
}

/* "26" is 2026: a child's day of birth and a visit's day lie around now. */
static int
year_of (const char *word, WayDate today)
{
  int this_year, month, day;
  guint64 year;

  way_date_get (today, &this_year, &month, &day);
  if (word == NULL)
    return this_year;
  if (strlen (word) == 4)
    return number_of (word, 9999);
  /* "00" is a year; two letters are none. */
  if (strlen (word) != 2 || !g_ascii_string_to_unsigned (word, 10, 0, 99, &year, NULL))
    return 0;
  return (int) year + ((int) year + 2000 > this_year + 20 ? 1900 : 2000);
}

/* A day as it is typed; 0 where there is no such number. */
typedef struct {
  int year, month, day;
} Words;

static gboolean
read_words (const char *text, WayDate today, Words *words)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " /.-", -1);
  guint n_parts = g_strv_length (parts);

  if (n_parts < 2 || n_parts > 3 || (n_parts == 3 && *parts[2] == '\0'))
    return FALSE;
  if (n_parts == 3 && strlen (parts[0]) == 4) { /* the year first, as in 2026-11-03 */
    char *year = parts[0];

    parts[0] = parts[2];
    parts[2] = year;
  }
  words->month = month_of (parts[1]);
  if (words->month == 0)
    words->month = number_of (parts[1], 99);
  words->day = number_of (parts[0], 99);
  words->year = year_of (parts[2], today);
  return words->month != 0 && words->day != 0 && words->year != 0;
}

/**
 * way_date_from_words:
 * @text: a day: "3/11/2026", "3.11.26", "3 Nov 2026", "3 Nov", "2026-11-03", "today"
 *   or "yesterday", in English or as the calendar writes it
 * @today: the day, which an unwritten year is taken from
 *
 * Returns: the day; %WAY_DATE_UNKNOWN if @text is none
 */
WayDate
way_date_from_words (const char *text, WayDate today)
{
  g_autofree char *clean = g_strstrip (g_strdup (text != NULL ? text : ""));
  WayDate iso = way_date_from_iso (clean);
  Words words;

  if (iso != WAY_DATE_UNKNOWN || *clean == '\0')
    return iso;
  if (g_ascii_strcasecmp (clean, "today") == 0 || strcmp (clean, _ ("today")) == 0)
    return today;
  if (g_ascii_strcasecmp (clean, "yesterday") == 0 || strcmp (clean, _ ("yesterday")) == 0)
    return today - 1;
  if (!read_words (clean, today, &words) || words.month > 12 || words.day > 31)
    return WAY_DATE_UNKNOWN;
  return way_date_new (words.year, words.month, words.day);
}

/**
 * way_date_words_fault:
 * @text: what was typed for a day
 * @today: the day, which an unwritten year is taken from
 *
 * Returns: (transfer full) (nullable): why it is no day, a sentence; %NULL if it is one
 */
char *
way_date_words_fault (const char *text, WayDate today)
{
  g_autofree char *clean = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *month = NULL;
  int n_days = 31;
  Words words;

  if (way_date_from_words (clean, today) != WAY_DATE_UNKNOWN)
    return NULL;
  if (!read_words (clean, today, &words))
    return g_strdup (_ ("Type the day like 3/11/2026."));
  if (words.month > 12)
    /* Translators: 3/13/2026 was typed for a day */
    return g_strdup_printf (_ ("There is no month %d. Type the day like 3/11/2026, the month "
                               "second."),
                            words.month);
  while (way_date_new (words.year, words.month, n_days) == WAY_DATE_UNKNOWN && n_days > 28)
    n_days--;
  month = g_strdup (way_month_name (words.month));
  /* Translators: February 2026 has 28 days, so there is no 31 February 2026 */
  return g_strdup_printf (
      _ ("There is no %d %s %d: that month has %d days."), words.day, month, words.year, n_days);
}

/**
 * way_date_entry_dup_fault:
 * @self: the entry
 * @required: whether there has to be a day
 *
 * Returns: (transfer full) (nullable): what is wrong with what is typed, a sentence
 */
char *
way_date_entry_dup_fault (WayDateEntry *self, gboolean required)
{
  WayDate date;

  g_return_val_if_fail (WAY_IS_DATE_ENTRY (self), NULL);

  if (way_date_entry_get_date (self, &date) && (!required || date != WAY_DATE_UNKNOWN))
    return NULL;
  return way_date_words_fault (gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                               way_date_today ());
}

/**
 * way_date_entry_get_date:
 * @self: the entry
 * @date: (out): the day; %WAY_DATE_UNKNOWN where nothing is typed
 *
 * Returns: whether what is typed is a day, or nothing
 */
gboolean
way_date_entry_get_date (WayDateEntry *self, WayDate *date)
{
  const char *text;

  g_return_val_if_fail (WAY_IS_DATE_ENTRY (self) && date != NULL, FALSE);

  text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  *date = way_date_from_words (text, way_date_today ());
  return *date != WAY_DATE_UNKNOWN || *text == '\0';
}

/**
 * way_date_entry_set_date:
 * @self: the entry
 * @date: the day, or %WAY_DATE_UNKNOWN
 *
 * Shows a day.
 */
void
way_date_entry_set_date (WayDateEntry *self, WayDate date)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_DATE_ENTRY (self));

  text = way_date_format_short (date);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/**
 * way_date_entry_dup_text:
 * @self: the entry
 *
 * Returns: (transfer full): what is typed, to be kept: a day in full, as "yesterday" is another
 *   tomorrow; what is no day as it stands
 */
char *
way_date_entry_dup_text (WayDateEntry *self)
{
  char iso[WAY_DATE_ISO_SIZE];
  WayDate date;

  g_return_val_if_fail (WAY_IS_DATE_ENTRY (self), NULL);

  if (way_date_entry_get_date (self, &date) && date != WAY_DATE_UNKNOWN) {
    way_date_to_iso (date, iso);
    return g_strdup (iso);
  }
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/**
 * way_date_entry_set_text:
 * @self: the entry
 * @text: as way_date_entry_dup_text() gave it
 *
 * Shows it again, a day in the usual way.
 */
void
way_date_entry_set_text (WayDateEntry *self, const char *text)
{
  WayDate date;

  g_return_if_fail (WAY_IS_DATE_ENTRY (self) && text != NULL);

  date = way_date_from_iso (text);
  if (date != WAY_DATE_UNKNOWN)
    way_date_entry_set_date (self, date);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/**
 * way_date_entry_get_entry:
 * @self: the entry
 *
 * Returns: (transfer none): where it is typed; what focus and messages belong to
 */
GtkWidget *
way_date_entry_get_entry (WayDateEntry *self)
{
  g_return_val_if_fail (WAY_IS_DATE_ENTRY (self), NULL);

  return self->entry;
}

static void
day_selected_cb (WayDateEntry *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));

  way_date_entry_set_date (self,
                           way_date_new (g_date_time_get_year (day),
                                         g_date_time_get_month (day),
                                         g_date_time_get_day_of_month (day)));
}

/* The calendar opens on the day that is typed. */
static void
calendar_shown_cb (WayDateEntry *self)
{
  g_autoptr (GDateTime) time = NULL;
  WayDate date;
  int year, month, day;

  if (!way_date_entry_get_date (self, &date) || date == WAY_DATE_UNKNOWN)
    return;
  way_date_get (date, &year, &month, &day);
  time = g_date_time_new_local (year, month, day, 12, 0, 0);
  g_signal_handlers_block_by_func (self->calendar, day_selected_cb, self);
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), time);
  g_signal_handlers_unblock_by_func (self->calendar, day_selected_cb, self);
}

static void
changed_cb (WayDateEntry *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (WayDateEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
way_date_entry_grab_focus (GtkWidget *widget)
{
  GtkWidget *entry = WAY_DATE_ENTRY (widget)->entry;

  /* On the way back out of its first part GTK offers the focus to the whole; taken, it would never
   * come out. */
  if (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN)
    return FALSE;
  return gtk_widget_grab_focus (entry);
}

static void
way_date_entry_dispose (GObject *object)
{
  WayDateEntry *self = WAY_DATE_ENTRY (object);

  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (way_date_entry_parent_class)->dispose (object);
}

static void
way_date_entry_class_init (WayDateEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_date_entry_dispose;
  widget_class->grab_focus = way_date_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[CHANGED] = g_signal_new (
      "changed", WAY_TYPE_DATE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new (
      "activate", WAY_TYPE_DATE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_date_entry_init (WayDateEntry *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 11);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 14);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("day/month/year"));
  self->calendar = gtk_calendar_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  way_a11y_set_name (self->button, _ ("Calendar"));
  gtk_widget_set_tooltip_text (self->button, _ ("Calendar"));
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (calendar_shown_cb), self);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
}

/**
 * way_date_entry_new:
 * @name: what the day is, for screen readers
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
way_date_entry_new (const char *name)
{
  WayDateEntry *self = g_object_new (WAY_TYPE_DATE_ENTRY, NULL);
  g_autofree char *calendar = g_strdup_printf (_ ("Calendar: %s"), name);

  way_a11y_set_name (self->entry, name);
  way_a11y_set_name (self->button, calendar);
  return GTK_WIDGET (self);
}
