using Compliance.Domain.Centres;
using Compliance.Domain.Kernel;
using Compliance.Domain.Webhooks;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Receivers of webhooks and what became of what they were sent, and the machines of control centres.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<ReceiverLine>>> Receivers(string? cursor, int limit, CancellationToken ct) => Get<Page<ReceiverLine>>($"webhooks?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<Page<CentreRow>>> Centres(string? cursor, int limit, CancellationToken ct) => Get<Page<CentreRow>>($"centres?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CentreSecret>> AdmitCentre(Guid centre, string name, CancellationToken ct) => Send<CentreSecret>(HttpMethod.Put, $"centres/{centre}", new CentreForm(name), ct);

    public Task<Answer<CentreSecret>> ChangeCentreKey(Guid centre, CancellationToken ct) => Send<CentreSecret>(HttpMethod.Post, $"centres/{centre}/key", null, ct);

    public Task<Answer<CommandAnswer>> DismissCentre(Guid centre, CancellationToken ct) => Send(HttpMethod.Post, $"centres/{centre}/dismissed", null, ct);

    public Task<Answer<WebhookPublicKey>> WebhookKey(CancellationToken ct) => Get<WebhookPublicKey>("webhooks/key", ct);

    /// <param name="state">Only what stands so.</param>
    public Task<Answer<Page<Delivery>>> Deliveries(Guid receiver, DeliveryState? state, int limit, CancellationToken ct) =>
        Get<Page<Delivery>>($"webhooks/{receiver}/deliveries?limit={limit}{With("state", state?.ToString())}", ct);

    public Task<Answer<CommandAnswer>> RegisterReceiver(ReceiverCommand.Register command, CancellationToken ct) => Send(HttpMethod.Put, $"webhooks/{command.ReceiverId}", command, ct);

    public Task<Answer<CommandAnswer>> SwitchReceiver(Guid receiver, bool on, CancellationToken ct) => Send(HttpMethod.Post, $"webhooks/{receiver}/switched-{(on ? "on" : "off")}", null, ct);

    public Task<Answer<CommandAnswer>> RemoveReceiver(Guid receiver, CancellationToken ct) => Send(HttpMethod.Post, $"webhooks/{receiver}/removed", null, ct);

    public Task<Answer<Done>> SendAgain(Guid receiver, Guid message, CancellationToken ct) => Send<Done>(HttpMethod.Post, $"webhooks/{receiver}/sent-again/{message}", null, ct);
}
