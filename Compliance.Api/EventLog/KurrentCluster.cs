using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Compliance.Api.EventLog.Protos;
using Grpc.Core;
using Grpc.Net.Client;

namespace Compliance.Api.EventLog;

/// <summary>Knows who leads and how to reach them: one channel a node, discovery by gossip, TLS, and who we are.</summary>
sealed class KurrentCluster(KurrentConnectionString where, TimeProvider clock) : IDisposable
{
    readonly ConcurrentDictionary<DnsEndPoint, GrpcChannel> _channels = new();
    readonly Metadata _headers = HeadersFor(where);
    readonly Lock _gate = new();
    Task<DnsEndPoint>? _leader;
    IReadOnlyList<DnsEndPoint> _members = [];

    public async Task<Streams.StreamsClient> Leader(CancellationToken ct)
    {
        Task<DnsEndPoint> leader;
        lock (_gate) leader = _leader is null or { IsFaulted: true } ? _leader = Discover() : _leader;
        return new(ChannelTo(await leader.WaitAsync(ct)));
    }

    /// <summary>After a trouble: the leader that a follower named, or else whoever discovery finds next.</summary>
    public void Turn(RpcException trouble)
    {
        lock (_gate) _leader = KurrentTrouble.LeaderNamedBy(trouble) is { } leader ? Task.FromResult(leader) : null;
    }

    /// <summary>A follower of the log has no deadline; everything else has the connection string's.</summary>
    public CallOptions Call(bool endless, CancellationToken ct) => new(_headers, endless ? null : Until(where.DefaultDeadline), ct);

    async Task<DnsEndPoint> Discover()
    {
        if (!where.Discover) return where.Hosts[0];
        for (var attempt = 1; ; attempt++)
        {
            foreach (var host in _members.Union(where.Hosts).ToArray())
                if (await AskAt(host) is { } leader) return leader;
            if (attempt == where.MaxDiscoverAttempts)
                throw new RpcException(new(StatusCode.Unavailable, $"nobody among {where} knows a leader"));
            await Task.Delay(where.DiscoveryInterval, clock);
        }
    }

    async Task<DnsEndPoint?> AskAt(DnsEndPoint host)
    {
        try
        {
            var info = await new Gossip.GossipClient(ChannelTo(host))
                .ReadAsync(new(), new CallOptions(_headers, Until(where.GossipTimeout)));
            var alive = info.Members.Where(m => m.IsAlive).ToArray();
            _members = [.. alive.Select(Place)];
            return alive.Where(m => m.State == MemberInfo.Types.VNodeState.Leader).Select(Place).FirstOrDefault();
        }
        catch (RpcException e) when (KurrentTrouble.Passes(e))
        {
            return null;
        }
    }

    static DnsEndPoint Place(MemberInfo member) => new(member.HttpEndPoint.Address, (int)member.HttpEndPoint.Port);

    DateTime Until(TimeSpan deadline) => (clock.GetUtcNow() + deadline).UtcDateTime;

    GrpcChannel ChannelTo(DnsEndPoint host) => _channels.GetOrAdd(host, to => GrpcChannel.ForAddress(
        new UriBuilder(where.Tls ? "https" : "http", to.Host, to.Port).Uri,
        new() { HttpHandler = Handler(), DisposeHttpClient = true, MaxReceiveMessageSize = null }));

    SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = where.KeepAliveInterval,
        KeepAlivePingTimeout = where.KeepAliveTimeout,
        SslOptions = Tls(),
    };

    SslClientAuthenticationOptions Tls()
    {
        var options = new SslClientAuthenticationOptions();
        if (where is { UserCertFile: { } certificate, UserKeyFile: { } key })
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)];
        if (where.TlsCaFile is { } authority)
        {
            options.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        }

#pragma warning disable CA5359 // Asked for in as many words by tlsVerifyCert=false.
        if (!where.TlsVerifyCert) options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        return options;
    }

    static Metadata HeadersFor(KurrentConnectionString where)
    {
        var headers = new Metadata { { "requires-leader", "true" }, { "connection-name", where.ConnectionName ?? "compliance" } };
        if (where.Login is { } login)
            headers.Add("authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.UserName}:{login.Password}"))}");
        return headers;
    }

    public void Dispose()
    {
        foreach (var channel in _channels.Values) channel.Dispose();
    }
}
