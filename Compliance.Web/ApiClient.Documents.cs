using System.Net.Http.Headers;
using Compliance.Domain.Reports;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>What everybody may ask of a printed document.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<DocumentPage>> Document(Guid document, CancellationToken ct) => Get<DocumentPage>($"public/documents/{document}", ct);

    /// <summary>Hands a file in to be checked; nothing of it is kept.</summary>
    public async Task<Answer<CheckedDocument>> CheckDocument(Stream file, CancellationToken ct)
    {
        using var body = new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        return await Send<CheckedDocument>(HttpMethod.Post, "public/documents/checked", body, ct);
    }
}
