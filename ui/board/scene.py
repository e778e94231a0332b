"""What is on the board for one question: its frames and notes, kept up to date event by event."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsItemGroup, QGraphicsScene

from core.base.ids import NoteId, QuestionId, ThemeId
from core.domain.board import EMPTY, Board, Note
from core.domain.terms import Box
from ui.board.arrange import MANY_NOTES
from ui.board.colouring import ColourBy, colour_of
from ui.board.copies import Copies
from ui.board.flow import Card
from ui.board.frame_item import FrameItem
from ui.board.laid import Laid
from ui.board.look import Look, Paper
from ui.board.note_item import NoteItem
from ui.board.reading import heading_of, lines_of, paper_of
from ui.board.sizes import BOARD_MARGIN, NOTE_GAP, NOTE_WIDTH
from ui.board.standing import Standing
from ui.places import Kind, Place, Touched, order_of, place_of, places_of

GROWTH = 1.5
"""The scene's rectangle grows in steps: each step sorts all items into the index anew."""
ROOM_BELOW = 120


class BoardScene(QGraphicsScene, Laid):
    """Holds no truth: everything is read from a board. Items of notes are made when they first come near the view."""

    relaid = Signal(list)    # FrameItems that stand elsewhere, are bigger or smaller, or have other notes

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.board: Board = EMPTY
        self.question: QuestionId | None = None
        self.frames: dict[Place, FrameItem] = {}
        self.where: dict[NoteId, FrameItem] = {}
        self.cards: dict[NoteId, Card] = {}
        self.items_of: dict[NoteId, NoteItem] = {}
        self.copies = Copies(self)
        self._followed: dict[FrameItem, int] = {}
        self.unseen: set[NoteId] = set()
        self.left_behind: frozenset[NoteId] = frozenset()
        self.bounds = QRectF(0, 0, 1, 1)
        self.frames_area = QRectF(0, 0, 1, 1)
        self._besides = QRectF()    # what stands on the board besides frames
        self._name_room = 0.0
        self.standing = Standing()
        self.colour_by = ColourBy.THEME
        self._papers = self._new_layer()

    # reading the board

    def read(self, board: Board, question: QuestionId | None) -> None:
        """Everything anew. A large board is seen from afar when it is opened."""
        if question is not None and question != self.question:
            self.standing.packs = len(board.notes) > MANY_NOTES
        self.board, self.question = board, question
        self.removeItem(self._papers)
        self.frames, self.where, self.cards, self.items_of = {}, {}, {}, {}
        self.copies.clear()
        shown = self._papers.isVisible()
        self._papers = self._new_layer()
        self._papers.setVisible(shown)
        if question is not None:
            for place in places_of(board, question):
                self._add_frame(place)
            for frame in self.frames.values():
                self._fill(frame)
        self.tidy()

    def update_from(self, board: Board, touched: Touched) -> list[FrameItem]:
        """Only what these events touched; the frames they changed."""
        self.board = board
        themes = len(self._themes())
        changed: dict[FrameItem, None] = {}
        if touched.themes:
            changed.update(dict.fromkeys(self._update_frames(touched.themes)))
        for note_id in touched.notes:
            changed.update(dict.fromkeys([*self._update_note(note_id), *self.copies.update(note_id)]))
        for subject in touched.told:
            self.repaint_note(NoteId(subject))
        changed.update(dict.fromkeys(self._count_folded()))
        if len(self._themes()) != themes and self.standing.is_outgrown(self.frames.values()):
            self.tidy()
            return list(self.frames.values())
        resized = [frame for frame in changed if frame.fit()]
        self._follow()
        for frame in changed:
            frame.update(QRectF(0, 0, frame.width, frame.header_height))
        if resized or touched.themes:
            changed.update(dict.fromkeys(self._arrange()))
        if changed:
            self.relaid.emit(list(changed))
        return list(changed)

    def tidy(self) -> None:
        """Choose anew where the frames stand that nobody placed."""
        self.standing.choose(list(self.frames.values()))
        self._follow()
        self._arrange()
        self.relaid.emit(list(self.frames.values()))

    def set_window(self, width: float, height: float) -> None:
        """The size of the window that the board is seen in; the frames move where another number fits."""
        if self.standing.set_window(width, height):
            self.tidy()

    def set_packs(self, packs: bool) -> None:
        """Whether the frames stand so that all of the board fits the window, or only its width."""
        self.standing.packs = packs
        self.tidy()

    @property
    def loose_frame(self) -> FrameItem | None:
        """The frame of the notes in no theme."""
        return self.frames.get(Place(self.question, Kind.LOOSE)) if self.question else None

    def theme_frame(self, theme: ThemeId) -> FrameItem | None:
        """The frame of a theme."""
        return self.frames.get(Place(self.question, Kind.THEME, theme)) if self.question else None

    def show_papers(self, shown: bool) -> None:
        """Show frames and notes, or leave the room to the overview."""
        self._papers.setVisible(shown)

    def make_room_for_names(self, room: float) -> None:
        """From afar the names of themes are as high as this; 0 where notes are shown as they lie."""
        self._name_room = room
        for frame in self.frames.values():
            frame.name_room = room

    # painting

    def forget_far(self, keep: QRectF) -> None:
        """Drop the items outside of this area: Qt looks at every child of a frame each time it paints it."""
        far = [note_id for note_id in self.items_of if not self.area_of(note_id).intersects(keep)]
        for note_id in far:
            self.removeItem(self.items_of.pop(note_id))
        self.copies.forget_far(keep)

    def realise(self, area: QRectF, frames: Iterable[FrameItem] | None = None) -> None:
        """Make the items of the notes in this area that have none yet, of these frames or of all."""
        for frame in self.frames.values() if frames is None else frames:
            if not frame.area.intersects(area):
                continue
            top, bottom = area.top() - frame.y(), area.bottom() - frame.y()
            left, right = area.left() - frame.x() - NOTE_WIDTH, area.right() - frame.x()
            for card in frame.flow.between(top, bottom):
                if left < card.x < right and card.is_copy:
                    self.copies.realise(frame, card)
                elif left < card.x < right and card.note_id not in self.items_of:
                    self.items_of[card.note_id] = NoteItem(self.look, card, self.paper_of(card), frame)

    def paper_of(self, card: Card, frame: FrameItem | None = None) -> Paper:
        """What a note is painted on, in its own frame or in another that shows it too."""
        note = self.board.notes[card.note_id]
        colour = colour_of(self.colour_by, note, (frame or self.where[card.note_id]).heading.colour)
        paper = paper_of(self.board, note, card.lines, card.height, colour)
        is_left = card.note_id in self.left_behind
        return replace(paper, is_new=card.note_id in self.unseen, is_left_behind=is_left)

    def lifted_paper(self, card: Card, height: int) -> Paper:
        """The paper of a note in the hand, as high as the one on top."""
        frame = self.where.get(card.note_id) or next(iter(self.copies.of(card.note_id)))
        return replace(self.paper_of(card, frame), height=height, is_left_behind=False, is_lifted=True)

    def repaint_note(self, note_id: NoteId) -> None:
        """Paint a note on the paper it has now."""
        item = self.items_of.get(note_id)
        if item is not None:
            item.show_as(self.paper_of(item.card))
        self.copies.repaint(note_id)

    def set_colour_by(self, by: ColourBy) -> None:
        """Let the colour of the notes say something else."""
        self.colour_by = by
        for note_id in self.cards:
            self.repaint_note(note_id)

    def leave_behind(self, notes: Iterable[NoteId]) -> None:
        """Show these notes as gone from their places while they are dragged, and no others."""
        before, self.left_behind = self.left_behind, frozenset(notes)
        for note_id in before ^ self.left_behind:
            self.repaint_note(note_id)

    def hover(self, note_id: NoteId | None, before: NoteId | None) -> None:
        """Show which note the pointer is over."""
        for each, is_hovered in ((before, False), (note_id, True)):
            for item in self._items(each) if each else ():
                item.show_as(replace(item.paper, is_hovered=is_hovered))

    def _items(self, note_id: NoteId) -> list[NoteItem]:
        own = self.items_of.get(note_id)
        return [*([own] if own else []), *self.copies.items_of(note_id)]

    # one frame, one note

    def _new_layer(self) -> QGraphicsItem:
        layer = QGraphicsItemGroup()
        layer.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        layer.setHandlesChildEvents(False)
        self.addItem(layer)
        return layer

    def _add_frame(self, place: Place) -> FrameItem:
        frame = FrameItem(self.look, place, heading_of(self.board, self.look, place), self._papers)
        theme = self.board.themes.get(place.theme) if place.theme else None
        frame.box = theme.box if theme else None
        frame.is_folded = theme is not None and theme.folded
        frame.name_room = self._name_room
        self.frames[place] = frame
        return frame

    def _fill(self, frame: FrameItem) -> None:
        """All notes of a place at once; none where it is folded."""
        place, board = frame.place, self.board
        notes = board.notes_in(place.theme) if place.theme else board.loose_notes(place.question)
        frame.put_away = len(notes)
        cards = [self._card(place, note) for note in notes] if not frame.is_folded else []
        frame.flow.fill([*cards, *(self.copies.cards_for(frame) if not frame.is_folded else ())])
        for card in cards:
            self.where[card.note_id] = frame
            self.cards[card.note_id] = card

    def _card(self, place: Place, note: Note) -> Card:
        return Card(note.id, order_of(place, note), note.words, lines_of(self.board, self.look, note))

    def picture_came(self, digest: str) -> None:
        """A picture is there: the notes that show it are painted anew."""
        for item in self.items_of.values():
            if item.card.lines.picture == digest:
                item.update()

    def _update_frames(self, touched: Iterable[ThemeId]) -> list[FrameItem]:
        """Frames come, go, and change name or place."""
        if self.question is None:
            return []
        wanted = places_of(self.board, self.question)
        for place in [place for place in self.frames if place not in wanted]:
            self._remove_frame(place)
        for place in wanted:
            if place not in self.frames:
                frame = self._add_frame(place)
                self.standing.give_slot(frame, self.frames.values())
            self.frames[place].set_heading(heading_of(self.board, self.look, place))
        self.frames = {place: self.frames[place] for place in wanted}
        found = [frame for frame in map(self.theme_frame, touched) if frame is not None]
        for frame in found:
            self._take_box(frame)
            self._fold(frame)
            self._repaint(frame)
        return found

    def _fold(self, frame: FrameItem) -> None:
        """Put the notes of a frame away, or lay them out again."""
        theme = self.board.themes[frame.place.theme] if frame.place.theme else None
        if theme is not None and theme.folded is not frame.is_folded:
            frame.is_folded = theme.folded
            self._empty(frame)
            self._fill(frame)

    def _count_folded(self) -> list[FrameItem]:
        """The folded frames that have more or fewer notes now."""
        folded = [frame for frame in self.frames.values() if frame.is_folded and frame.place.theme]
        counts = {frame: len(self.board.notes_in(frame.place.theme or ThemeId(""))) for frame in folded}
        changed = [frame for frame, count in counts.items() if frame.put_away != count]
        for frame in changed:
            frame.put_away = counts[frame]
        return changed

    def _repaint(self, frame: FrameItem) -> None:
        """Its colour may be another."""
        for card in frame.flow.cards:
            self.repaint_note(card.note_id)

    def _take_box(self, frame: FrameItem) -> None:
        theme = self.board.themes[frame.place.theme] if frame.place.theme else None
        box = theme.box if theme else None
        if frame.box is not None and box is None:
            frame.box = None
            self.standing.give_slot(frame, self.frames.values())
        frame.box = box

    def _remove_frame(self, place: Place) -> None:
        """Its notes were touched too: they are put where they stand now."""
        frame = self.frames.pop(place)
        self._empty(frame)
        self.removeItem(frame)

    def _empty(self, frame: FrameItem) -> None:
        """None of its notes is shown any more."""
        self.copies.forget_frame(frame)
        for card in frame.flow.cards:
            item = self.items_of.get(card.note_id) if not card.is_copy else None
            if item is not None:
                self.removeItem(item)
            if not card.is_copy:
                self._forget(card.note_id)
        frame.flow.fill([])

    def _forget(self, note_id: NoteId) -> None:
        self.where.pop(note_id, None)
        self.cards.pop(note_id, None)
        self.items_of.pop(note_id, None)

    def _update_note(self, note_id: NoteId) -> list[FrameItem]:
        """Put a note where it stands now; the frames that this changed."""
        note = self.board.notes.get(note_id)
        place = place_of(self.board, note) if note is not None else None
        before, after = self.where.get(note_id), self.frames.get(place) if place else None
        card = self.cards.get(note_id)
        if note is None or place is None or after is None or after.is_folded:
            return self._take_off(note_id)
        if before is after and card is not None and card.order == order_of(place, note):
            return self._reword(card, note)
        self._take_off(note_id)
        return [frame for frame in (before, self._put_on(after, self._card(place, note))) if frame is not None]

    def _take_off(self, note_id: NoteId) -> list[FrameItem]:
        frame, card, item = self.where.get(note_id), self.cards.get(note_id), self.items_of.get(note_id)
        if frame is None or card is None:
            return []
        frame.flow.remove(card)
        if item is not None:
            self.removeItem(item)
        self._forget(note_id)
        return [frame]

    def _put_on(self, frame: FrameItem, card: Card) -> FrameItem:
        frame.flow.insert(card)
        self.where[card.note_id] = frame
        self.cards[card.note_id] = card
        return frame

    def _reword(self, card: Card, note: Note) -> list[FrameItem]:
        frame = self.where[note.id]
        if card.words == note.words:
            self.repaint_note(note.id)
            return []
        card.reword(note.words, lines_of(self.board, self.look, note))
        frame.flow.lay_from(card)
        self.repaint_note(note.id)
        return [frame]

    def _follow(self) -> None:
        """Items go where their cards lie now."""
        for frame in self.frames.values():
            frame.flow.settle()
        for note_id, item in self.items_of.items():
            card, frame = item.card, self.where[note_id]
            if frame.flow.relaid != self._followed.get(frame) and (item.x() != card.x or item.y() != card.y):
                item.setPos(card.x, card.y)
        self.copies.follow()
        self._followed = {frame: frame.flow.relaid for frame in self.frames.values()}

    # placing the frames

    def _themes(self) -> list[FrameItem]:
        return [frame for frame in self.frames.values() if frame.is_theme]

    def _arrange(self) -> list[FrameItem]:
        """Put every frame where it stands now; those that moved."""
        moved = self.standing.arrange(list(self.frames.values()))
        self._grow()
        return moved

    def moved_by_hand(self) -> None:
        """A frame was moved without a word to anyone: make room for it."""
        self._grow()
        self.relaid.emit(list(self.frames.values()))

    def stand_where_saved(self) -> None:
        """Give up what was only previewed."""
        for frame in self._themes():
            self._take_box(frame)
            frame.fit()
        self._follow()
        self._arrange()
        self.relaid.emit(list(self.frames.values()))

    def preview_box(self, frame: FrameItem, box: Box | None) -> None:
        """Show a frame in another size, without a word to anyone."""
        frame.box = box
        frame.fit()
        self._follow()
        self.moved_by_hand()

    def take_in(self, area: QRectF) -> None:
        """Make room for what stands on the board besides frames; an empty area for nothing."""
        if area != self._besides:
            self._besides = area
            self._grow()

    def _grow(self) -> None:
        """Take in all frames, with room around them."""
        bounds = QRectF(0, 0, 1, 1)
        for frame in self.frames.values():
            bounds = bounds.united(frame.area)
        self.frames_area = bounds
        self.bounds = bounds.united(self._besides).adjusted(0, 0, BOARD_MARGIN, BOARD_MARGIN + NOTE_GAP)
        if not self.sceneRect().contains(self.bounds.adjusted(-50, -50, 50, ROOM_BELOW)):
            wide, high = self.bounds.width() * GROWTH + 400, self.bounds.height() * GROWTH + 400
            self.setSceneRect(self.bounds.x() - 200, self.bounds.y() - 200, wide, high)
