using System.Net;
using Compliance.Api.Identity;
using Compliance.Api.Reports;

namespace Compliance.Api.Documents;

/// <summary>The line on every document with the address of its public page and the same as a QR code. Put on at the end, so that no document forgets it.</summary>
sealed class CheckLine(IssuerAddress address)
{
    public Uri PageOf(Guid document) => new(address.Portal, $"/d/{document}");

    public string Html(Guid document, IEnumerable<Words> languages)
    {
        var page = PageOf(document);
        var shown = page.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Scheme, UriFormat.UriEscaped);
        return $"<table class=\"check\" role=\"presentation\" style=\"margin-top:4mm;font-size:7.5pt;color:#5b6470;break-inside:avoid;border:0\"><tr>" +
            $"<td style=\"width:18mm;border:0;padding:0 3mm 0 0\"><div style=\"width:16mm;height:16mm\">{QrCode.Of(page.AbsoluteUri).Replace("<svg ", $"<svg role=\"img\" aria-label=\"QR {WebUtility.HtmlEncode(shown)}\" ", StringComparison.Ordinal)}</div></td>" +
            $"<td style=\"border:0;padding:0;vertical-align:middle\">{string.Concat(languages.Select(words => $"<div lang=\"{words.Language}\">{WebUtility.HtmlEncode(words["CheckHere"])}</div>"))}<div>{WebUtility.HtmlEncode(shown)}</div></td></tr></table>";
    }
}
