using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>What a session needs from outside.</summary>
/// <param name="Patience">For a connection, and for each answer.</param>
/// <param name="AllowPrivate">Cameras with private addresses: for a box inside the venue's own network.</param>
/// <param name="Believe">Which certificates are believed over TLS; null: those the system trusts.</param>
internal sealed record RtspMeans(
    Drain Drain, TimeProvider Clock, Random Chance, bool AllowLoopback, TimeSpan Patience, bool AllowPrivate = true, BelieveCertificate? Believe = null)
{
    public IWire Wire(IPEndPoint address, string host, bool secure) =>
        secure ? new TlsWire(address, host, Believe ?? ((_, _, isTrusted) => isTrusted)) : new PlainWire(address);
}

/// <summary>A conversation with one camera: OPTIONS, DESCRIBE, SETUP, PLAY, and keep-alives until somebody hangs up.</summary>
internal sealed class RtspSession : IFeed
{
    const int DefaultTimeoutSeconds = 60;
    readonly RtspMeans _means;
    readonly FeedTarget _target;
    readonly FeedOutlet _outlet;
    readonly Credentials _credentials;
    readonly Action<string, string> _onStep;
    RtspConnection _connection = null!;
    UdpPair? _udp;
    VideoTrack? _track;
    string _address;
    string? _session;
    bool _knowsGetParameter, _described;
    int _mediaChannel;

    RtspSession(FeedTarget target, FeedOutlet outlet, RtspMeans means, Action<string, string>? onStep)
    {
        (_target, _outlet, _means, _onStep) = (target, outlet, means, onStep ?? ((_, _) => { }));
        _credentials = new(target.UserName, target.Password, means.Chance);
        _address = target.Stream.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
    }

    public TimeSpan KeepAliveEvery { get; private set; }

    /// <summary>Media beside an encrypted connection would be in the clear, so all of it goes inside.</summary>
    bool IsSecure => _target.Stream.Scheme == CameraHost.Secure;

    public FeedLost? Lost => _connection.Ended.IsCompletedSuccessfully ? _connection.Ended.Result : null;

    public static OpenFeed Opener(RtspMeans means) => async (target, outlet, onStep, ct) =>
    {
        var session = new RtspSession(target, outlet, means, onStep);
        try
        {
            await session.Connect(ct);
            await session.Describe(ct);
            await session.Play(ct);
            return session;
        }
        catch (Exception e)
        {
            await session.DisposeAsync();
            throw e switch
            {
                FormatException => new FeedLost(Verdict.NoStream, Reason.AnswerUnreadable, e.Message),
                SocketException socket => new FeedLost(Verdict.Unreachable, Reason.NotConnected, socket.SocketErrorCode),
                FeedLost lost when session._described => new FeedLost(lost.Cause, lost.Message) { AfterDescribe = true, Answer = lost.Answer },
                _ => e,
            };
        }
    };

    /// <summary>As this camera wants it: GET_PARAMETER where it knows that, else OPTIONS; signed again whenever it asks.</summary>
    public async Task KeepAlive(CancellationToken ct)
    {
        var response = await Ask(new(_knowsGetParameter ? "GET_PARAMETER" : "OPTIONS", _address), ct);
        if (response.Status == 454) throw new FeedLost(Verdict.Stalled, Reason.SessionForgotten) { Answer = Transcript.Of("keep-alive", response, _target) };
        if (!response.IsOk) _knowsGetParameter = false;
    }

    /// <summary>Never throws.</summary>
    public ValueTask DisposeAsync()
    {
        try
        {
            if (_connection is not null && _session is not null)
                _connection.Mention(new("TEARDOWN", _address), _credentials.Sign("TEARDOWN", _address), _session);
        }
        catch (Exception e) when (e is FormatException or SocketException or ObjectDisposedException)
        {
            // A goodbye is a courtesy; the camera notices the closed connection too.
        }
        finally
        {
            _connection?.Dispose();
            _udp?.Dispose();
        }

        return default;
    }

    async Task Connect(CancellationToken ct)
    {
        var hosts = await CameraHost.Resolve(_target.Stream, _means.AllowLoopback, ct, _means.AllowPrivate);
        _onStep("resolve", $"{hosts[0].Address}");
        foreach (var host in hosts)
        {
            try
            {
                _connection = await RtspConnection.Connect(_means.Wire(host, _target.Stream.DnsSafeHost, IsSecure), _means.Drain, OnPacket, IsAwaited, _means.Patience, _means.Clock, ct);
                _onStep("connect", $"{host}");
                return;
            }
            catch (FeedLost) when (host != hosts[^1])
            {
                // The next address of the same name may answer.
            }
        }
    }

    async Task Describe(CancellationToken ct)
    {
        var options = await Ask(new("OPTIONS", _address), ct);
        _knowsGetParameter = options.Header("Public")?.Contains("GET_PARAMETER", StringComparison.OrdinalIgnoreCase) == true;
        var described = await Ask(new("DESCRIBE", _address, ("Accept", "application/sdp")), ct);
        if (described.Status is >= 300 and < 400) described = await Follow(described, ct);
        Demand(described, "DESCRIBE");
        var video = Sdp.FindVideo(described.Body) ?? throw new FeedLost(Verdict.NoStream, Reason.NoVideo) { Answer = Transcript.Of("DESCRIBE", described, _target) };
        _address = described.Header("Content-Base") ?? described.Header("Content-Location") ?? _address;
        _onStep("describe", $"{video.Codec}");
        _described = true;
        await SetUp(video, ct);
    }

    /// <summary>To another path of the same host, on this same connection; never to another host.</summary>
    async Task<RtspResponse> Follow(RtspResponse redirect, CancellationToken ct)
    {
        if (!Uri.TryCreate(_target.Stream, redirect.Header("Location"), out var there)
            || there.Scheme != _target.Stream.Scheme || there.UserInfo.Length > 0 || there.Host != _target.Stream.Host || there.Port != _target.Stream.Port)
            throw new FeedLost(Verdict.NoStream, Reason.SentElsewhere, redirect.Status) { Answer = Transcript.Of("DESCRIBE", redirect, _target) };
        _address = there.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return await Ask(new("DESCRIBE", _address, ("Accept", "application/sdp")), ct);
    }

    async Task SetUp(Announced video, CancellationToken ct)
    {
        _track = new(video.Codec, video.PayloadType, _outlet.Meter, _outlet.Fanout, _outlet.Recorded);
        _track.Announce(video.ParameterSets);
        var control = ControlAddress.Of(_address, video.Control);
        var udpFirst = _target.Transport == FeedTransport.Udp && !IsSecure;
        var response = await SetUp(control, udpFirst, ct);
        if (response.Status == 461 && !IsSecure) response = await SetUp(control, !udpFirst, ct);
        Demand(response, "SETUP");
        ReadSession(response.Header("Session") ?? throw new FeedLost(Verdict.NoStream, Reason.AnswerUnreadable, "Session"));
        var transport = response.Header("Transport") ?? "";
        if (_udp is not null)
        {
            var camera = _connection.Remote.Address;
            var (rtp, rtcp) = ControlAddress.Pair(transport, "server_port") ?? throw new FeedLost(Verdict.NoStream, Reason.AnswerUnreadable, "server_port");
            _udp.Listen(camera, rtp, rtcp);
        }
        else if (ControlAddress.Pair(transport, "interleaved") is var (media, control2))
        {
            (_mediaChannel, _connection.Channels) = (media, Math.Max(media, control2) + 1);
        }

        _onStep("setup", _udp is null ? "TCP" : "UDP");
    }

    bool IsAwaited() => _outlet.Fanout.IsAwaited;

    /// <summary>A server that does not know replay has to say so, and not to send something else.</summary>
    (string, string)[] Replaying => _target.ReplayFrom is null ? [] : [("Require", "onvif-replay")];

    async Task<RtspResponse> SetUp(string control, bool udp, CancellationToken ct)
    {
        _udp?.Dispose();
        _udp = udp ? UdpPair.Bind(_connection.Local.Address, _means.Drain, OnPacket, IsAwaited, _connection.Lose) : null;
        var transport = udp ? $"RTP/AVP;unicast;client_port={_udp!.Port}-{_udp.Port + 1}" : "RTP/AVP/TCP;unicast;interleaved=0-1";
        return await Ask(new("SETUP", control, [("Transport", transport), .. Replaying]), ct);
    }

    void ReadSession(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        _session = parts[0];
        var timeout = parts.Skip(1).Select(p => p.Split('=', 2)).FirstOrDefault(p => p.Length == 2 && p[0].Equals("timeout", StringComparison.OrdinalIgnoreCase))?[1];
        var seconds = int.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said is > 1 and < 3600 ? said : DefaultTimeoutSeconds;
        KeepAliveEvery = TimeSpan.FromSeconds(seconds / 2.0);
    }

    async Task Play(CancellationToken ct)
    {
        _outlet.Meter.OnConnected();
        (string, string)[] range = _target.ReplayFrom is { } from ? [("Range", $"clock={OnvifArchive.Clock(from)}-"), ("Rate-Control", "no"), .. Replaying] : [("Range", "npt=0.000-")];
        Demand(await Ask(new("PLAY", _address, range), ct), "PLAY");
        _onStep("play", "");
    }

    async Task<RtspResponse> Ask(RtspRequest request, CancellationToken ct)
    {
        for (var refusals = 0; ; refusals++)
        {
            var response = await _connection.Ask(
                request, _credentials.Sign(request.Method, request.Uri), _session, _means.Patience, _means.Clock, ct);
            if (response.Status != 401) return response;
            if (!_credentials.Learn(response) || refusals == 2)
                throw new FeedLost(Verdict.AuthFailed, _target.UserName is null ? Reason.NoPassword : Reason.PasswordRefused) { Answer = Transcript.Of(request.Method, response, _target) };
        }
    }

    /// <summary>454 to what we just set up, as cameras answer that have no session left.</summary>
    void Demand(RtspResponse response, string method)
    {
        if (response.IsOk) return;
        var cause = response.Status is 403 or 453 or 503 || (response.Status == 454 && _described) ? Verdict.SessionLimit : Verdict.NoStream;
        throw new FeedLost(cause, Reason.RequestRefused, method, response.Status) { Answer = Transcript.Of(method, response, _target) };
    }

    void OnPacket(int channel, ReadOnlySpan<byte> packet, DateTimeOffset at)
    {
        if (channel == _mediaChannel) _track?.OnRtp(packet, at);
        else if (channel == _mediaChannel + 1) _track?.OnRtcp(packet, at);
    }
}
