using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Recordings that police ask a venue for, and what it gives.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<FootageRow>>> FootageRequests(string? cursor, int limit, CancellationToken ct) => Get<Page<FootageRow>>($"footage?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<Page<FootageRow>>> FootageOf(Guid venue, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<FootageRow>>($"venues/{venue}/footage?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> AskFootage(FootageCommand.Request command, CancellationToken ct) => Send(HttpMethod.Put, $"footage/{command.RequestId}", command, ct);

    public Task<Answer<CommandAnswer>> WithdrawFootage(Guid request, CancellationToken ct) => Send(HttpMethod.Post, $"footage/{request}/withdrawn", null, ct);

    public Task<Answer<CommandAnswer>> HoldFootage(Guid request, string caseNumber, DateOnly until, CancellationToken ct) =>
        Send(HttpMethod.Post, $"footage/{request}/held", new FootageCommand.Hold(caseNumber, until), ct);

    public Task<Answer<CommandAnswer>> AnswerFootage(Guid request, IReadOnlyList<FootageMissing> missing, CancellationToken ct) =>
        Send(HttpMethod.Post, $"footage/{request}/answered", new FootageCommand.Answer(missing), ct);

    public Task<Answer<FootageReceived>> AnnounceFootage(Guid request, Guid file, FootageUpload upload, CancellationToken ct) =>
        Send<FootageReceived>(HttpMethod.Put, $"footage/{request}/files/{file}", upload, ct);

    /// <param name="range">As the header Content-Range says it; the API judges it.</param>
    public Task<Answer<FootageReceived>> SendFootage(Guid request, Guid file, Stream piece, string range, CancellationToken ct)
    {
        var content = new StreamContent(piece) { Headers = { ContentType = new("application/octet-stream") } };
        content.Headers.TryAddWithoutValidation("Content-Range", range);
        return Send<FootageReceived>(HttpMethod.Put, $"footage/{request}/files/{file}/bytes", content, ct);
    }

    public Task<Answer<IReadOnlyList<FetchShown>>> FootageFetches(Guid request, CancellationToken ct) => Get<IReadOnlyList<FetchShown>>($"footage/{request}/fetches", ct);

    public Task<Answer<CommandAnswer>> FetchFootage(Guid request, Guid camera, CancellationToken ct) => Send(HttpMethod.Post, $"footage/{request}/fetches/{camera}", null, ct);

    public Task<Answer<CommandAnswer>> RemoveFootage(Guid request, Guid file, CancellationToken ct) => Send(HttpMethod.Post, $"footage/{request}/files/{file}/removed", null, ct);

    public Task<Answer<CommandAnswer>> StopFetch(Guid request, Guid camera, CancellationToken ct) => Send(HttpMethod.Post, $"footage/{request}/fetches/{camera}/stopped", null, ct);

    public Task<Answer<FetchAgreementForm>> FetchAgreement(Guid venue, CancellationToken ct) => Get<FetchAgreementForm>($"venues/{venue}/footage/agreement", ct);

    public Task<Answer<CommandAnswer>> AgreeToFetch(Guid venue, bool atOnce, CancellationToken ct) => Send(HttpMethod.Put, $"venues/{venue}/footage/agreement", new FetchAgreementForm(atOnce), ct);

    /// <summary>Copies with the signed-in officer burnt in, and how far they are.</summary>
    public Task<Answer<IReadOnlyList<CopyShown>>> FootageCopies(CancellationToken ct) => Get<IReadOnlyList<CopyShown>>("footage/copies", ct);

    public Task<Answer<CopyShown>> AskFootageCopy(Guid request, Guid file, CancellationToken ct) => Send<CopyShown>(HttpMethod.Put, $"footage/{request}/copies/{file}", null, ct);

    public Task<Answer<Done>> StopFootageCopy(Guid request, Guid file, CancellationToken ct) => Send<Done>(HttpMethod.Post, $"footage/{request}/copies/{file}/stopped", null, ct);

    /// <summary>That it is taken over stands in the log; the caller disposes the answer.</summary>
    /// <param name="marked">False: at once, without a copy with the officer burnt in.</param>
    public Task<Answer<HttpResponseMessage>> FootageExport(Guid request, Guid file, bool marked, CancellationToken ct) => Document($"footage/{request}/export/{file}{Unmarked(marked)}", ct);

    /// <summary>The same, encrypted for the holder of a certificate.</summary>
    public Task<Answer<HttpResponseMessage>> EncryptedExport(Guid request, Guid file, bool marked, FootageRecipient recipient, CancellationToken ct) => Document($"footage/{request}/export/{file}/encrypted{Unmarked(marked)}", ct, recipient);

    static string Unmarked(bool marked) => marked ? "" : "?marked=false";
}
