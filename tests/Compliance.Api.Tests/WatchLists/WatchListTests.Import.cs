using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.Tests.WatchLists;

/// <summary>Lists that an authority signed.</summary>
public sealed partial class WatchListTests
{
    [Fact]
    public async Task A_list_is_imported_only_as_a_known_authority_signed_it_and_each_entry_waits_for_a_second_officer()
    {
        using var key = RSA.Create(2048);
        using var authority = new CertificateRequest("CN=Department", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(_now.AddDays(-1), _now.AddDays(9));
        SignedWatchEntry One(string name, byte[] picture) => new(WatchCategory.Wanted, "Police", "26-1/5", false, _now.AddDays(20), name, "A warrant", [picture]);
        SignedWatchList list = new(SignedWatchList.V1, _now, [One("A A", Jpeg), One("B B", "hostile"u8.ToArray()), One("a a", Jpeg), One("C C", Jpeg) with { Until = _now.AddDays(400) }]);
        var signed = Sign(list, authority);

        Assert.Equal("400 watchlist.signer-unknown body", await (await Import(signed)).Refusal());
        await File.WriteAllTextAsync(Path.Combine(_folder["issuers"], "department.pem"), authority.ExportCertificatePem(), Ct);
        Assert.Equal("400 watchlist.file-unsigned body", await (await Import("no file"u8.ToArray())).Refusal());
        var changed = signed.ToArray();
        changed[signed.AsSpan().IndexOf("A warrant"u8)] = (byte)'B';
        Assert.Equal("400 watchlist.signature-bad body", await (await Import(changed)).Refusal());
        Assert.Equal("400 watchlist.file-malformed body", await (await Import(Sign(new { format = "other" }, authority))).Refusal());
        Assert.Equal("400 watchlist.file-malformed body", await (await Import(Sign(list with { Entries = [list.Entries[0] with { Pictures = [.. Enumerable.Repeat(Jpeg, 6)] }] }, authority))).Refusal());
        Assert.Equal("400 watchlist.file-long body", await (await Import(Sign(list with { Entries = [.. Enumerable.Repeat(list.Entries[0], 10_000)] }, authority))).Refusal());
        Assert.Empty((await Lead.Get<Page<WatchEntryRow>>("/watch-list")).Items);

        using var answer = await Import(signed);
        var imported = (await answer.Content.ReadFromJsonAsync<ImportedWatchList>(EventCatalog.Json, Ct))!;
        Assert.Equal(["2 watchentry.picture-many-faces", "3 watchentry.duplicate", "4 watchentry.too-long"], imported.Refused.Select(one => $"{one.At} {one.Code}"));
        var row = Assert.Single((await Lead.Get<Page<WatchEntryRow>>("/watch-list")).Items);
        Assert.Equal((imported.Proposed[0], WatchStage.Proposed, _officer, 1), (row.EntryId, row.Stage, row.AuthorId, row.Pictures.Count));
        await Lead.Get<WatchedPerson>($"/watch-list/{row.EntryId}/person");
        await Lead.Do("POST", $"/watch-list/{row.EntryId}/approved");

        // The same knock with another picture, signed too: what was approved stays.
        var knock = Guid.NewGuid();
        SignedWatchList of(byte[] picture) => new(SignedWatchList.V1, _now, [One("D D", picture)]);
        using (var first = await Import(Sign(of(Jpeg), authority), knock)) imported = (await first.Content.ReadFromJsonAsync<ImportedWatchList>(EventCatalog.Json, Ct))!;
        using (await Import(Sign(of([0xff, 0xd8, 7, 7, 7, 7]), authority), knock))
        using (var picture = await Lead.Ask("GET", $"/watch-list/{imported.Proposed[0]}/pictures/{EventIds.From(imported.Proposed[0], "picture/1")}")) Assert.Equal(Jpeg, await picture.Content.ReadAsByteArrayAsync(Ct));

        _house.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal("400 watchlist.signer-expired body", await (await Import(signed)).Refusal());
    }

    static byte[] Sign(object content, X509Certificate2 by)
    {
        var message = new SignedCms(new ContentInfo(JsonSerializer.SerializeToUtf8Bytes(content, content.GetType(), EventCatalog.Json)));
        message.ComputeSignature(new CmsSigner(by) { IncludeOption = X509IncludeOption.EndCertOnly });
        return message.Encode();
    }

    async Task<HttpResponseMessage> Import(byte[] file, Guid? knock = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/watch-list/imported") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new("application/pkcs7-mime");
        if (knock is { } key) request.Headers.Add("Idempotency-Key", $"{key}");
        return await Officer.SendAsync(request, Ct);
    }
}
