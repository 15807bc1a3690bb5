using Compliance.Api.EventLog.Protos;
using Grpc.Core;

namespace Compliance.Api.Tests.EventLog.KurrentDouble;

/// <summary>The service Gossip: every node knows who lives and who leads.</summary>
sealed class DoubleGossip(DoubleNode node) : Gossip.GossipBase
{
    public override Task<ClusterInfo> Read(Empty request, ServerCallContext context) => Task.FromResult(new ClusterInfo
    {
        Members =
        {
            node.Cluster.Nodes.Select(n => new MemberInfo
            {
                State = n.Leads ? MemberInfo.Types.VNodeState.Leader : MemberInfo.Types.VNodeState.Follower,
                IsAlive = n.Runs,
                HttpEndPoint = new() { Address = DoubleNode.Host, Port = (uint)n.Port },
            }),
        },
    });
}
