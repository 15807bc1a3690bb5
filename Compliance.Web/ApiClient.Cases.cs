using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>The doors of liability cases.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<CaseRow>>> Cases(CaseState? state, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<CaseRow>>($"cases?limit={limit}{With("state", state?.ToString())}{With("after", cursor)}", ct);

    /// <summary>What of duties waits for an official, the longest overdue on top.</summary>
    public Task<Answer<Page<WaitingDuty>>> WaitingDuties(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<WaitingDuty>>($"waiting?limit={limit}{With("after", cursor)}", ct);

    /// <summary>Cases the authority has to act on before anything else.</summary>
    public Task<Answer<Page<CaseRow>>> WaitingCases(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<CaseRow>>($"waiting/cases?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<WaitingFigures>> WaitingFigures(CancellationToken ct) => Get<WaitingFigures>("waiting/figures", ct);

    public Task<Answer<CaseShown>> Case(Guid of, CancellationToken ct) => Get<CaseShown>($"cases/{of}", ct);

    /// <summary>The liability record as the API prints it; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> LiabilityRecord(Guid venue, PaperWish wish, CancellationToken ct) =>
        Document($"venues/{venue}/liability-record?{wish.Query}", ct);

    public Task<Answer<CommandAnswer>> Plead(Guid of, CasePlea plea, CancellationToken ct) => Send(HttpMethod.Post, $"cases/{of}/pleaded", plea, ct);

    public Task<Answer<CommandAnswer>> Appeal(Guid of, CaseAppeal appeal, CancellationToken ct) => Send(HttpMethod.Post, $"cases/{of}/appealed", appeal, ct);

    public Task<Answer<CommandAnswer>> SetSize(Guid of, CaseSize size, CancellationToken ct) => Send(HttpMethod.Post, $"cases/{of}/size-set", size, ct);

    /// <param name="revision">The case as the officer read it: what was said since has to be read first.</param>
    public Task<Answer<CommandAnswer>> DecideCase(Guid of, CaseRuling ruling, long revision, CancellationToken ct) =>
        Send(HttpMethod.Post, $"cases/{of}/decided", ruling, ct, revision);

    public Task<Answer<CommandAnswer>> SetPenalty(Guid of, CasePenalty penalty, CancellationToken ct) => Send(HttpMethod.Post, $"cases/{of}/penalty-set", penalty, ct);

    public Task<Answer<CommandAnswer>> DecideAppeal(Guid of, AppealRuling ruling, long revision, CancellationToken ct) =>
        Send(HttpMethod.Post, $"cases/{of}/appeal-decided", ruling, ct, revision);

    public Task<Answer<CommandAnswer>> SettleCase(Guid of, CaseSettlement settlement, CancellationToken ct) => Send(HttpMethod.Post, $"cases/{of}/settled", settlement, ct);
}
