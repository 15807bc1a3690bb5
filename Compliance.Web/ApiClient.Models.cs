using Compliance.Domain.Kernel;
using Compliance.Domain.Models;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Versions of the detectors' models.</summary>
public sealed partial class ApiClient
{
    /// <summary>Every version, with the boxes that run it and what persons said of its alerts.</summary>
    public Task<Answer<IReadOnlyList<ModelLine>>> Models(CancellationToken ct) => Get<IReadOnlyList<ModelLine>>("models", ct);

    public Task<Answer<CommandAnswer>> RegisterModel(ModelProposal proposal, CancellationToken ct) => Send(HttpMethod.Post, "models", proposal, ct);

    public Task<Answer<CommandAnswer>> ApproveModel(Guid model, string grounds, CancellationToken ct) => Send(HttpMethod.Post, $"models/{model}/approved", new ModelCommand.Approve(grounds), ct);

    public Task<Answer<CommandAnswer>> RollOutModel(Guid model, int share, string grounds, CancellationToken ct) => Send(HttpMethod.Post, $"models/{model}/rolled-out", new ModelCommand.RollOut(share, grounds), ct);

    public Task<Answer<CommandAnswer>> RollBackModel(Guid model, string grounds, CancellationToken ct) => Send(HttpMethod.Post, $"models/{model}/rolled-back", new ModelCommand.RollBack(grounds), ct);

    public Task<Answer<CommandAnswer>> WithdrawModel(Guid model, string grounds, CancellationToken ct) => Send(HttpMethod.Post, $"models/{model}/withdrawn", new ModelCommand.Withdraw(grounds), ct);
}
