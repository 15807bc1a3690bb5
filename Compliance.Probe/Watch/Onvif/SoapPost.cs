using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Xml.Linq;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>
/// Posts envelopes to one device: as a WS-UsernameToken, and by HTTP Digest as soon as the device asks for one. Every answer is bounded
/// in time and size. A redirect is followed once, and to the same host only.
/// </summary>
internal sealed class SoapPost(OnvifTarget target, OnvifMeans means)
{
    const int MostRedirects = 1;
    readonly Credentials _credentials = new(target.UserName, target.Password, means.Chance);

    /// <param name="offset">The device's clock minus ours; null: ask as nobody.</param>
    /// <param name="to">Where a subscription wants its messages addressed.</param>
    public async Task<XElement> Ask(Uri service, XElement question, TimeSpan? offset, CancellationToken ct, string? to = null, TimeSpan longer = default)
    {
        using var limit = new CancellationTokenSource(means.Patience + longer, means.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await Ask(service, question, offset, to, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new OnvifFault(Trouble.TooSlow, question.Name.LocalName);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or AuthenticationException or FeedLost)
        {
            throw new OnvifFault(Trouble.Unreachable, (e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name);
        }
    }

    async Task<XElement> Ask(Uri service, XElement question, TimeSpan? offset, string? to, CancellationToken ct)
    {
        for (int redirects = 0, refusals = 0; ;)
        {
            using var answer = await Post(service, question, offset, to, ct);
            if ((int)answer.StatusCode is >= 300 and < 400)
            {
                service = redirects++ < MostRedirects && answer.Headers.Location is { } there ? SameHost(service, there) : throw new OnvifFault(Trouble.SentElsewhere, "again");
                continue;
            }

            var body = await Bounded(answer.Content, ct);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                if (offset is not null && refusals++ < 2 && _credentials.Learn(Digests(answer))) continue;
                throw new OnvifFault(Trouble.NotAuthorized, "401");
            }

            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed) throw new OnvifFault(Trouble.NotSupported, $"{(int)answer.StatusCode}");
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) throw new OnvifFault(Trouble.TooSlow, $"{(int)answer.StatusCode}");
            if (!answer.IsSuccessStatusCode && body.Length == 0) throw new OnvifFault(Trouble.Refused, $"{(int)answer.StatusCode}");
            return Soap.Unwrap(body);
        }
    }

    async Task<HttpResponseMessage> Post(Uri service, XElement question, TimeSpan? offset, string? to, CancellationToken ct)
    {
        var token = offset is { } ahead && target.UserName is { } name ? Soap.Token(name, target.Password ?? "", means.Clock.GetUtcNow() + ahead, means.Chance) : null;
        using var request = new HttpRequestMessage(HttpMethod.Post, service) { Content = new ByteArrayContent(Soap.Wrap(question, token, to)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/soap+xml; charset=utf-8; action=\"{Soap.ActionOf(question)}\"");
        if (offset is not null && _credentials.Sign("POST", service.PathAndQuery) is { } signed) request.Headers.TryAddWithoutValidation("Authorization", signed);
        return await means.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>A password is proven to whoever asks, and shown to nobody: Basic is not answered.</summary>
    static IEnumerable<Challenge> Digests(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("WWW-Authenticate", out var offers) ? offers.SelectMany(Challenge.Parse).Where(offer => offer.Strength > 1) : [];

    static Uri SameHost(Uri service, Uri location)
    {
        var there = new Uri(service, location);
        return there.Scheme == service.Scheme && there.Host == service.Host && there.Port == service.Port && there.UserInfo.Length == 0
            ? there : throw new OnvifFault(Trouble.SentElsewhere, "another-host");
    }

    static async Task<byte[]> Bounded(HttpContent content, CancellationToken ct)
    {
        if (content.Headers.ContentLength > Soap.Longest) throw new OnvifFault(Trouble.TooLarge, "length");
        await using var stream = await content.ReadAsStreamAsync(ct);
        return await Look.Decoder.ReadAtMost(stream, Soap.Longest, ct) ?? throw new OnvifFault(Trouble.TooLarge, "body");
    }
}
