using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Compliance.Api.EventLog.Protos;
using Google.Protobuf;

namespace Compliance.Api.Tests.EventLog.KurrentDouble;

/// <summary>What happens to one append.</summary>
enum Fault { LoseRequest, LoseAnswer, NotReady, Timeout, Conflict }

/// <summary>A double of KurrentDB: one or three nodes over one store, with the troubles a test asks for.</summary>
sealed class DoubleCluster : IAsyncDisposable
{
    readonly ConcurrentQueue<Fault> _faults = [];
    readonly ConcurrentQueue<ulong> _followed = [];

    DoubleCluster(int nodes) => Nodes = [.. Enumerable.Range(0, nodes).Select(_ => new DoubleNode(this))];

    public DoubleStore Store { get; } = new();
    public IReadOnlyList<DoubleNode> Nodes { get; }
    public DoubleNode? Leader { get; private set; }
    public X509Certificate2? Certificate { get; private init; }
    public NetworkCredential? Login { get; private init; }
    public string? ClientThumbprint { get; private init; }

    /// <summary>The server ends a subscription, as one that shuts down does, whenever it has said how far it is.</summary>
    public bool LeavesAtCheckpoint { get; set; }

    /// <summary>Where followers of $all began, connection by connection.</summary>
    public IEnumerable<ulong> Followed => _followed;

    public static async Task<DoubleCluster> Start(
        int nodes = 1, X509Certificate2? certificate = null, NetworkCredential? login = null, string? clientThumbprint = null)
    {
        var cluster = new DoubleCluster(nodes) { Certificate = certificate, Login = login, ClientThumbprint = clientThumbprint };
        cluster.Store.Append(
            new() { StreamIdentifier = Name("$settings"), NoStream = new() },
            [new() { Id = new() { String = $"{Guid.NewGuid()}" }, Metadata = { ["type"] = "$update", ["content-type"] = "application/json" }, Data = ByteString.CopyFromUtf8("{}") }]);
        foreach (var node in cluster.Nodes) await node.Start();
        cluster.Leader = cluster.Nodes[0];
        return cluster;
    }

    public static StreamIdentifier Name(string stream) => new() { StreamName = ByteString.CopyFromUtf8(stream) };

    /// <summary>All nodes, as a client is told them: discovered where there are several.</summary>
    public string Address => $"kurrentdb://{string.Join(',', Nodes.Select(n => $"{DoubleNode.Host}:{n.Port}"))}?tls={(Certificate is null ? "false" : "true")}";

    /// <summary>These befall the next appends, one each.</summary>
    public void Befall(params Fault[] faults)
    {
        foreach (var fault in faults) _faults.Enqueue(fault);
    }

    public Fault? NextFault() => _faults.TryDequeue(out var fault) ? fault : null;

    public void FollowedFrom(ulong position) => _followed.Enqueue(position);

    /// <summary>The leader dies; the next node takes over, or, where there is none, the same one comes back. The dead return.</summary>
    public async Task KillLeader()
    {
        var dead = Leader!;
        Leader = null;
        await dead.Stop();
        if (Nodes.Count == 1) await dead.Start();
        Leader = Nodes[(Nodes.ToList().IndexOf(dead) + 1) % Nodes.Count];
        if (!dead.Runs) await dead.Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.Stop();
        Certificate?.Dispose();
    }
}
