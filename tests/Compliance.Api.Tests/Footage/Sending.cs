using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Compliance.Api.Footage;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Access;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.Footage;

/// <summary>What tests of recordings do again and again: police ask, the venue sends a file in pieces.</summary>
static class Sending
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A venue of whose one camera an hour is asked.</summary>
    public static async Task<(Scene Scene, Guid Request)> Asked(House house, Guid officer)
    {
        var (scene, id) = (await Scene.In(house), Guid.NewGuid());
        await house.As(officer, "operator").Do("PUT", $"/footage/{id}", Request(id, scene, house.Clock.GetUtcNow()));
        return (scene, id);
    }

    public static FootageCommand.Request Request(Guid id, Scene scene, DateTimeOffset now) =>
        new(id, scene.Venue, "УП Медеу", AccessPurpose.CrimeUnderInvestigation, "ЕРДР-2026/17", [scene.Camera], now.AddHours(-2), now.AddHours(-1));

    public static async Task<FootageReceived> Begin(HttpClient by, Guid request, Guid file, Guid camera, byte[] bytes)
    {
        using var answer = await by.Ask("PUT", $"/footage/{request}/files/{file}", new FootageUpload(camera, bytes.Length, HashOf(bytes)));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<FootageReceived>(EventCatalog.Json, Ct))!;
    }

    public static async Task Upload(HttpClient by, Guid request, Guid file, Guid camera, byte[] bytes)
    {
        await Begin(by, request, file, camera, bytes);
        for (var at = 0; at < bytes.Length; at += FootageStore.Piece) await Put(by, request, file, bytes, at, Math.Min(FootageStore.Piece, bytes.Length - at));
    }

    public static async Task<FootageReceived> Put(HttpClient by, Guid request, Guid file, byte[] bytes, int from, int count)
    {
        using var answer = await Send(by, request, file, bytes, from, count);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<FootageReceived>(EventCatalog.Json, Ct))!;
    }

    public static async Task<string> Refused(HttpClient by, Guid request, Guid file, byte[] bytes, int from, int count) => await (await Send(by, request, file, bytes, from, count)).Refusal();

    public static async Task<HttpResponseMessage> Send(HttpClient by, Guid request, Guid file, byte[] bytes, int from, int count)
    {
        var piece = new ByteArrayContent(bytes, from, count) { Headers = { ContentType = new("application/octet-stream"), ContentRange = new ContentRangeHeaderValue(from, from + count - 1, bytes.Length) } };
        return await by.PutAsync(string.Create(CultureInfo.InvariantCulture, $"/footage/{request}/files/{file}/bytes"), piece, Ct);
    }

    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        bytes[0] = 1; // no format anybody knows
        return bytes;
    }

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
