using System.Net;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compliance.Api.Tests.EventLog.KurrentDouble;

/// <summary>One node: a real server on a real port, which it keeps over restarts.</summary>
sealed class DoubleNode(DoubleCluster cluster)
{
    public const string Host = "127.0.0.1";

    WebApplication? _host;

    public DoubleCluster Cluster => cluster;
    public int Port { get; private set; }
    public bool Runs => _host is not null;
    public bool Leads => cluster.Leader == this;

    public async Task Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (cluster.Certificate is { } certificate)
                listen.UseHttps(certificate, https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
        }));
        _host = builder.Build();
        _host.MapGrpcService<DoubleStreams>();
        _host.MapGrpcService<DoubleGossip>();
        await _host.StartAsync();
        Port = new Uri(_host.Urls.Single()).Port;
    }

    /// <summary>Pulls the plug: open calls are cut, nobody is told.</summary>
    public async Task Stop()
    {
        if (_host is not { } host) return;
        _host = null;
        await host.StopAsync(new CancellationToken(canceled: true));
        await host.DisposeAsync();
    }

    /// <summary>Who may come in: as the real server, only the known, and for what must be new only at the leader's.</summary>
    public void Admit(ServerCallContext context)
    {
        var certificate = context.GetHttpContext().Connection.ClientCertificate;
        if (cluster.ClientThumbprint is { } known ? certificate?.Thumbprint != known : cluster.Login is { } login && !IsBy(login, context))
            throw new RpcException(new(StatusCode.PermissionDenied, "Access Denied"), new Metadata { { "exception", "access-denied" } });
        if (Leads || context.RequestHeaders.GetValue("requires-leader") != "true") return;
        if (cluster.Leader is not { } leader) throw new RpcException(new(StatusCode.Unavailable, "Server Is Not Ready"));
        throw new RpcException(new(StatusCode.NotFound, "Leader info available"), new Metadata
        {
            { "exception", "not-leader" },
            { "leader-endpoint-host", Host },
            { "leader-endpoint-port", $"{leader.Port}" },
        });
    }

    static bool IsBy(NetworkCredential login, ServerCallContext context) =>
        context.RequestHeaders.GetValue("authorization")
            == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.UserName}:{login.Password}"))}";
}
