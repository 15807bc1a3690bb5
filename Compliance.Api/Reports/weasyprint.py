"""Prints a page with WeasyPrint: JSON {html, identifier, issued, files, readers} on stdin, a PDF/A-3b (with readers true a PDF/UA-1) on stdout.

Fetches nothing from anywhere: the only addresses it answers are those of the files to attach, which are already in its hands.
What WeasyPrint leaves out of PDF/A-3 (of attached files their relation, type and date) and of PDF/UA (what the heads of tables
are heads of, what pictures show) is added before the file is written.
Exits with 69 where WeasyPrint is not installed. Works with version 57 (Debian 12) and later.
"""
import inspect
import json
import sys

try:
    import pydyf
    import weasyprint
    from weasyprint import HTML, Attachment
except (ImportError, OSError) as missing:
    print(missing, file=sys.stderr)
    sys.exit(69)

order = json.load(sys.stdin.buffer)
variant = 'pdf/ua-1' if order.get('readers') else 'pdf/a-3b'
shown = []  # what each picture shows, in the order they are drawn


def kind(name):
    return 'application/json' if name.endswith('.json') else 'text/plain'


def fetch(url, *_, **__):
    name = url.rpartition('/')[2]
    if url != f'attached:/{name}' or name not in order['files']:
        raise ValueError(f'refused to fetch {url[:80]}')
    return {'string': order['files'][name].encode(), 'mime_type': kind(name), 'redirected_url': url}


def mark():
    """Version 57 tags no picture, tags each page once more as a whole, and leaves rules, grounds and running lines to be read aloud: here they are artifacts."""
    from weasyprint import draw
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf.stream import Stream
    begin, end, pictures = Stream.begin_marked_content, Stream.end_marked_content, draw.draw_replacedbox
    marks = []

    def begin_marked(stream, box, mcid=False, tag=None):
        if 'artifact' in marks or isinstance(box, boxes.PageBox) or box.is_for_root_element:
            marks.append('nothing')
        elif isinstance(box, boxes.MarginBox):
            marks.append('artifact')
            pydyf.Stream.begin_marked_content(stream, 'Artifact')
        else:
            marks.append('tag')
            begin(stream, box, mcid, tag)

    def end_marked(stream):
        if marks.pop() != 'nothing':
            end(stream)

    def decorated(draws):
        def drawn(stream, *args, **kwargs):
            bare = all(mark == 'nothing' for mark in marks)
            if bare:
                marks.append('artifact')
                pydyf.Stream.begin_marked_content(stream, 'Artifact')
            draws(stream, *args, **kwargs)
            if bare:
                end_marked(stream)
        return drawn

    def picture(stream, box):
        shown.append(box.element.get('aria-label', '') if box.element is not None else '')
        stream.begin_marked_content(box, mcid=True, tag='Figure')
        pictures(stream, box)
        stream.end_marked_content()

    Stream.begin_marked_content, Stream.end_marked_content, draw.draw_replacedbox = begin_marked, end_marked, picture
    for name in ('draw_background', 'draw_border', 'draw_outlines', 'draw_table'):
        setattr(draw, name, decorated(getattr(draw, name)))


def speak(pdf):
    """ISO 14289-1: a head of a table says whether of its column or of its row (7.5), a picture what it shows (7.3), a link is seen (7.18)."""
    elements = [o for o in pdf.objects if isinstance(o, dict) and o.get('Type') == '/StructElem']
    by_reference = {e.reference: e for e in elements}
    for element in elements:
        if element['S'] == '/TH':
            row = by_reference.get(element.get('P'), {})
            head = by_reference.get(row.get('P'), {}).get('S') == '/THead'
            element['A'] = pydyf.Dictionary({'O': '/Table', 'Scope': '/Column' if head else '/Row'})
    for element, text in zip((e for e in elements if e['S'] == '/Figure'), shown):
        element['Alt'] = pydyf.String(text)
    for link in (o for o in pdf.objects if isinstance(o, dict) and o.get('Subtype') == '/Link'):
        link['F'] = 4


def complete(document, pdf):
    """ISO 19005-3, 6.8: an embedded file says what it is and how it relates to the document."""
    specs = [o for o in pdf.objects if isinstance(o, dict) and o.get('Type') == '/Filespec']
    streams = [o for o in pdf.objects if isinstance(o, pydyf.Stream) and o.extra.get('Type') == '/EmbeddedFile']
    for spec in specs:
        spec['F'] = spec['UF']
        spec['AFRelationship'] = '/Data'
    names = {spec['EF']['F']: spec['UF'].string for spec in specs}
    for stream in streams:
        stream.extra['Subtype'] = '/' + kind(names[stream.reference]).replace('/', '#2f')
        stream.extra['Params']['ModDate'] = pydyf.String(order['issued'])
    for date in ('CreationDate', 'ModDate'):  # version 57 writes them without the 'D:' that makes them dates
        pdf.info[date] = pydyf.String(order['issued'])
    if 'compress' in inspect.signature(pdf.write).parameters:  # newer versions would write the form of PDF 1.5, which the signature is not made for
        write = pdf.write
        pdf.write = lambda *args, **kwargs: write(*args, **{**kwargs, 'compress': False})
    pdf.catalog['AF'] = pydyf.Array([spec.reference for spec in specs])
    if variant == 'pdf/ua-1':
        speak(pdf)


def option(name):
    """Version 59 put 'pdf_' before the names of these two."""
    return name if name in inspect.signature(HTML.write_pdf).parameters else f'pdf_{name}'


if variant == 'pdf/ua-1' and weasyprint.VERSION.startswith('57.'):
    mark()
files = [Attachment(url=f'attached:/{name}', url_fetcher=fetch) for name in sorted(order['files'])]
HTML(string=order['html'], url_fetcher=fetch, base_url='refused:/').write_pdf(
    sys.stdout.buffer, attachments=files, finisher=complete,
    **{option('identifier'): order['identifier'].encode(), option('variant'): variant})
