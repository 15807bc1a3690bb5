using System.Net;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Documents;
using Compliance.Api.Evidence;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Evidence;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Documents;

/// <summary>The public page of a printed document, and the check that anybody may ask for.</summary>
public sealed class DocumentPageTests(Issued issued) : IClassFixture<Issued>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    HttpClient Anybody => issued.House.CreateClient();

    static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    Guid Document => FactsFile.Parse(Issued.Attached(issued.Pdf)[FactsFile.Name]).Document;

    async Task<DocumentPage> Shown(string query = "")
    {
        await IsShown(Document, query);
        return await Anybody.Get<DocumentPage>($"/public/documents/{Document}{query}");
    }

    /// <summary>The view follows the log.</summary>
    Task IsShown(Guid document, string query = "") => Asking.Until(async () =>
    {
        using var answer = await Anybody.Ask("GET", $"/public/documents/{document}{query}");
        return answer.StatusCode == HttpStatusCode.OK;
    });

    async Task<CheckedDocument> Checked(byte[] file)
    {
        using var body = new ByteArrayContent(file);
        using var answer = await Anybody.PostAsync("/public/documents/checked", body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return System.Text.Json.JsonSerializer.Deserialize<CheckedDocument>(await answer.Content.ReadAsStringAsync(Ct), EventCatalog.Json)!;
    }

    [Fact]
    public async Task It_shows_that_it_was_issued_and_with_which_bytes_and_nothing_else()
    {
        var page = await Shown($"?sha256={HashOf(issued.Pdf)}");
        Assert.Equal((DocumentState.Issued, true), (page.State, page.IsIssuedFile));
        Assert.Contains(page.Files, f => f.Sha256 == HashOf(issued.Pdf) && f.LogSize > 0);
        Assert.False((await Shown($"?sha256={new string('0', 64)}")).IsIssuedFile);
        using var raw = await Anybody.Ask("GET", $"/public/documents/{Document}");
        var text = await raw.Content.ReadAsStringAsync(Ct);
        Assert.All((string[])[$"{issued.Scene.Venue}", $"{issued.Scene.Owner}", "Звезда"], secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        using var none = await Anybody.Ask("GET", $"/public/documents/{Guid.NewGuid()}");
        Assert.Equal("404 document.unknown", await none.Refusal());
    }

    [Fact]
    public async Task Whoever_holds_the_file_is_told_whether_it_is_the_one()
    {
        await Shown();
        var genuine = await Checked(issued.Pdf);
        Assert.True(genuine.Holds, string.Join('\n', genuine.Steps));
        Assert.Equal(Document, genuine.DocumentId);
        var changed = issued.Pdf.ToArray();
        changed[changed.Length / 3] ^= 1;
        var forged = await Checked(changed);
        Assert.False(forged.Holds);
        Assert.Null(forged.DocumentId);
        Assert.False((await Checked("no document"u8.ToArray())).Holds);
        Assert.False((await Checked([])).Holds);
    }

    [Fact]
    public async Task The_document_bears_the_address_of_its_page()
    {
        var text = await Reports.Tool.Run("pdftotext", issued.File, "-");
        Assert.Contains($"/d/{Document}", text.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_one_of_the_same_series_takes_its_place()
    {
        var (venue, older, newer) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var issuance = issued.House.Services.GetRequiredService<Issuance>();
        await issuance.Record(new(older, "liability-record.v2", []) { VenueId = venue }, ["kk"], [1], Ct);
        await issuance.Record(new(newer, "liability-record.v2", []) { VenueId = venue }, ["kk"], [2], Ct);
        await issuance.Record(new(newer, "liability-record.v2", []) { VenueId = venue }, ["kk"], [2], Ct); // sent again, it is one
        await IsShown(newer);
        Assert.Equal(DocumentState.Replaced, (await Anybody.Get<DocumentPage>($"/public/documents/{older}")).State);
        var page = await Anybody.Get<DocumentPage>($"/public/documents/{newer}");
        Assert.Equal((DocumentState.Issued, 1), (page.State, page.Count));
    }
}
