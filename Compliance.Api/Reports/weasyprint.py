"""Prints a page with WeasyPrint: JSON {html, identifier, issued, files} on stdin, a PDF/A-3b on stdout.

Fetches nothing from anywhere: the only addresses it answers are those of the files to attach, which are already in its hands.
What WeasyPrint leaves out of PDF/A-3 (of attached files their relation, type and date) is added before the file is written.
Exits with 69 where WeasyPrint is not installed. Works with version 57 (Debian 12) and later.
"""
import inspect
import json
import sys

try:
    import pydyf
    from weasyprint import HTML, Attachment
except (ImportError, OSError) as missing:
    print(missing, file=sys.stderr)
    sys.exit(69)

order = json.load(sys.stdin.buffer)


def kind(name):
    return 'application/json' if name.endswith('.json') else 'text/plain'


def fetch(url, *_, **__):
    name = url.rpartition('/')[2]
    if url != f'attached:/{name}' or name not in order['files']:
        raise ValueError(f'refused to fetch {url[:80]}')
    return {'string': order['files'][name].encode(), 'mime_type': kind(name), 'redirected_url': url}


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


def option(name):
    """Version 59 put 'pdf_' before the names of these two."""
    return name if name in inspect.signature(HTML.write_pdf).parameters else f'pdf_{name}'


files = [Attachment(url=f'attached:/{name}', url_fetcher=fetch) for name in sorted(order['files'])]
HTML(string=order['html'], url_fetcher=fetch, base_url='refused:/').write_pdf(
    sys.stdout.buffer, attachments=files, finisher=complete,
    **{option('identifier'): order['identifier'].encode(), option('variant'): 'pdf/a-3b'})
