using System.Text;
using Microsoft.AspNetCore.Http;

namespace VenueSimulator.Onvif;

/// <summary>Answers no device should give, and a client must outlive.</summary>
internal static class OnvifNonsense
{
    /// <summary>True when that was all there is to be said.</summary>
    public static async Task<bool> Said(HttpContext http, Nonsense nonsense)
    {
        var (answer, stop) = (http.Response, http.RequestAborted);
        switch (nonsense)
        {
            case Nonsense.None:
                return false;
            case Nonsense.RedirectLoop:
                answer.Redirect(http.Request.Path.Value == "/onvif/a" ? "/onvif/b" : "/onvif/a", permanent: false, preserveMethod: true);
                return true;
            case Nonsense.RedirectElsewhere:
                answer.Redirect("http://192.0.2.1/onvif/device_service", permanent: false, preserveMethod: true);
                return true;
            case Nonsense.Silence:
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return true;
            default:
                answer.ContentType = "application/soap+xml; charset=utf-8";
                await foreach (var piece in Pieces(nonsense, stop))
                {
                    await answer.Body.WriteAsync(Encoding.UTF8.GetBytes(piece), stop);
                    await answer.Body.FlushAsync(stop);
                }

                return true;
        }
    }

    private static async IAsyncEnumerable<string> Pieces(Nonsense nonsense, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        const string open = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>";
        switch (nonsense)
        {
            case Nonsense.BillionLaughs:
                yield return "<?xml version=\"1.0\"?><!DOCTYPE s [<!ENTITY l0 \"ha\">" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">")) + $"]>{open}<a>&l9;</a></s:Body></s:Envelope>";
                break;
            case Nonsense.ExternalEntity:
                yield return $"<?xml version=\"1.0\"?><!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>{open}<a>&x;</a></s:Body></s:Envelope>";
                break;
            case Nonsense.Deep:
                yield return open + string.Concat(Enumerable.Repeat("<a>", 100_000));
                break;
            case Nonsense.NotXml:
                yield return "<html><body>It works!<br></body></html>";
                break;
            case Nonsense.Drip:
                yield return open;
                while (!stop.IsCancellationRequested)
                {
                    await Task.Delay(50, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    yield return " ";
                }

                break;
            default:
                yield return open;
                while (!stop.IsCancellationRequested)
                {
                    yield return new string('a', 60_000);
                }

                break;
        }
    }
}
