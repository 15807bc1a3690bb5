using System.Net.Http.Json;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Domain.WatchLists;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A face that may be somebody's, in two browsers: the pictures side by side, the score small, "not the same" under the finger, and an alert only when both have said that it is the same.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class FaceCandidateTests
{
    const string Operator = "operator@demo", Lead = "supervisor@demo", Owner = "owner@demo", Administrator = "administrator@demo";

    static readonly string Model = new('a', 64);

    /// <summary>Gray.</summary>
    static readonly byte[] Jpeg = Convert.FromBase64String("/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eHg4eTk5ubm7q6srLZ2eD/////xABKAAEAAAAAAAAAAAAAAAAAAAAAAQEAAAAAAAAAAAAAAAAAAAAAEAEAAAAAAAAAAAAAAAAAAAAAEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgACAAIAwEiAAIRAAMRAP/aAAwDAQACEQMRAD8AAA//2Q==");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_officers_say_that_it_is_the_same_and_then_there_is_an_alert()
    {
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        var recogniser = Path.Combine(Directory.CreateTempSubdirectory("recogniser-").FullName, "faces.py");
        await File.WriteAllTextAsync(recogniser, Script, Ct);
        await using var house = await House.OpenDesk(new() { ["Faces__Program"] = recogniser, ["Faces__Dotnet"] = "python3" });
        try
        {
            var candidate = await Told(house);
            var (first, second) = (await browser.SignIn(house, Operator), await browser.SignIn(house, Lead));
            await Compare(first, candidate);
            await first.Locator(".candidate .note").WaitForAsync();
            Assert.Equal(0, await first.Locator(".same").CountAsync()); // whoever said so leaves it to another
            await Compare(second, candidate);
            await second.Locator("[data-stage=Confirmed]").WaitForAsync();

            await first.GotoAsync("/alerts");
            await first.Connected();
            var card = first.Locator(".alert-card");
            await card.WaitForAsync();
            var words = await card.InnerTextAsync();
            Assert.Contains($"Model faces, version {Model[..8]}", words, StringComparison.Ordinal);
            Assert.Contains("0.61", words, StringComparison.Ordinal);
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(recogniser)!, recursive: true);
        }
    }

    static async Task Compare(IPage page, Guid candidate)
    {
        await page.GotoAsync("/face-candidates");
        await page.Connected();
        var card = page.Locator($"[data-candidate='{candidate}']");
        Assert.Equal(0, await card.Locator("img").CountAsync());
        await card.Locator(".open").ClickAsync();
        await Assertions.Expect(card.Locator(".not-same")).ToBeFocusedAsync(new() { Timeout = 60_000 });
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.side-by-side img')].filter(one => one.complete && one.naturalWidth > 0).length === 2");
        var (seen, listed) = ((await card.Locator("figure").Nth(0).BoundingBoxAsync())!, (await card.Locator("figure").Nth(1).BoundingBoxAsync())!);
        Assert.True(seen.X + seen.Width <= listed.X && seen.Y == listed.Y, "the pictures do not stand side by side");
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              const size = css => parseFloat(getComputedStyle(document.querySelector(css)).fontSize);
              return size('.candidate .score') < size('.candidate p') && size('.candidate .score') < size('.candidate h2') && size('.candidate .score') <= 12;
            }
            """), "the score is not the smallest");
        await card.Locator(".same").ClickAsync();
    }

    /// <summary>A basis, an entry and an operation by two officers, and what the box made of it.</summary>
    static async Task<Guid> Told(House house)
    {
        var (now, venue, camera, basis, entry, operation) = (DateTimeOffset.UtcNow, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var enrolled = await house.Send(HttpMethod.Put, $"/probes/{house.Probe}", new ProbeCommand.Enrol(house.Probe, "almaty-1"), Administrator);
        await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(venue, new("Жалын", "Пламя", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
        await house.Send(HttpMethod.Put, $"/devices/{camera}", new DeviceCommand.Register(camera, venue, new CameraSpec("Кіреберіс", "Вход", CameraPurpose.Entrance, ["A"], [], new(new("rtsp://127.0.0.1:9/none"), null, FeedTransport.Tcp))), Owner);
        await house.Send(HttpMethod.Put, $"/venues/{venue}/detector-bases/{basis}", new DetectorBasisCommand.Grant(
            basis, venue, Detector.WatchList, "Art. 17", "Wanted persons", [camera], HoursOfDay.All, now.AddHours(-1), now.AddDays(90), new("Assessment", "1", new('a', 64)), "AI-2", RiskDegree.High), "authority@demo");

        using HttpClient officer = await house.As(Operator), lead = await house.As(Lead);
        await house.Send(HttpMethod.Put, $"/watch-list/{entry}", new WatchProposal(new(entry, WatchCategory.Wanted, "Police of Almaty", "26-1/77", false, now.AddDays(30)), new("Ерлан Тестов", "Warrant of 1 May 2026")), Operator);
        using (var picture = new ByteArrayContent(Jpeg) { Headers = { ContentType = new("image/jpeg") } }) await Done(officer.PutAsync($"/watch-list/{entry}/pictures/{Guid.CreateVersion7()}", picture, Ct));
        await Done(lead.GetAsync($"/watch-list/{entry}/person", Ct));
        await Done(lead.PostAsync($"/watch-list/{entry}/approved", null, Ct));
        await house.Send(HttpMethod.Put, $"/watch-operations/{operation}", new WatchOperationCommand.Plan(operation, venue, basis, WatchAim.FindWanted, "26-1/9", [camera], HoursOfDay.All, now, now.AddDays(2), [entry], 900), Operator);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var size = await lead.GetAsync($"/watch-operations/{operation}/size", Ct);
            if (size.IsSuccessStatusCode) break; // once the view shows it
            await again.WaitForNextTickAsync(patience.Token);
        }

        await house.Send(HttpMethod.Post, $"/watch-operations/{operation}/approved", new WatchOperationCommand.Approve(1), Lead);

        using var box = await house.AsBox(enrolled.GetProperty("clientId").GetString()!, enrolled.GetProperty("clientSecret").GetString()!);
        ListCopy? copy = null;
        while (copy is null)
        {
            await Done(box.GetAsync("/probe/assignments", Ct));
            copy = (await box.GetFromJsonAsync<ListCopy[]>($"/probe/watch-lists?operations={operation}", EventCatalog.Json, Ct))!.FirstOrDefault();
            if (copy is null) await again.WaitForNextTickAsync(patience.Token);
        }

        var (candidate, seen) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await Done(box.PostAsJsonAsync("/probe/face-candidates", new CandidateTold(
            candidate, operation, entry, camera, seen, seen, new(true, 0), 0.61, copy.Threshold, new("faces", Model, copy.Threshold, new('b', 64)), 3, 31, Jpeg, 9, 1), EventCatalog.Json, Ct));
        return candidate;
    }

    static async Task Done(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
    }

    /// <summary>Stands for the program that makes templates; the real one is tried beside it (Compliance.Probe.Tests).</summary>
    static string Script => $$"""
        import base64, json, struct, sys
        if sys.argv[2] == "recogniser":
            print(json.dumps({"model": "{{Model}}", "thresholds": [{"fmr": 0.01, "cosine": 0.26}, {"fmr": 0.000001, "cosine": 0.54}]}))
        while sys.argv[2] == "templates" and (head := sys.stdin.buffer.read(4)):
            sys.stdin.buffer.read(struct.unpack(">i", head)[0])
            print(json.dumps({"model": "{{Model}}", "template": base64.b64encode(struct.pack("<4f", 0.6, 0.8, 0, 0)).decode()}))
        """;
}
