using System.IO.Compression;
using System.Text;
using Compliance.Api.Entrance;
using Compliance.Api.Evidence;
using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Recordings;

namespace Compliance.Api.Recordings;

/// <summary>What was hashed of a camera's recordings in some days (UTC, both included), with the proof that it stands in the log: <c>verify recordings</c> holds a folder against it.</summary>
static class Facts
{
    /// <summary>By which rule the document follows from the facts: it holds them and nothing else.</summary>
    public const string Formula = "recordings/1";

    const int MostDays = 366;

    /// <param name="from">First day; the first that is shown of the camera when it is not said.</param>
    public static async Task<IResult> Handle(Guid deviceId, DateOnly? from, DateOnly? to, IViewStore views, IEventLog log, Attestor attestor, TimeProvider clock, CancellationToken ct)
    {
        if (await views.Find(DeviceCard.View, deviceId, ct) is not { Spec: CameraSpec } camera) return Problems.Of(new Refusal("request.unknown", "There is no such thing."));
        var last = to ?? Day(clock.GetUtcNow());
        var first = from ?? last.AddDays(-RecordedHours.Kept / 24);
        if (last < first || last.DayNumber - first.DayNumber > MostDays) throw new Malformed("from", $"At most {MostDays} days, the first before the last.");
        var streams = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(n => new StreamId(RecordedDay.Decider.Category, RecordedDay.IdOf(deviceId, new(first.AddDays(n), default, default)))).ToArray();
        Recorded[] facts = [.. (await log.ReadMany(streams, ct).ToListAsync(ct)).OrderBy(fact => fact.Position)];
        var attested = await attestor.Attest(facts, ct);
        var document = new FactsFile(Guid.NewGuid(), Formula, facts) { VenueId = camera.VenueId, Period = Period(first, last), Proof = attested?.Proof };
        return Results.File(Packed(document, attested), "application/zip", $"recordings-{deviceId}-{first:yyyy-MM-dd}-{last:yyyy-MM-dd}.zip");
    }

    static byte[] Packed(FactsFile document, Attested? attested)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(FactsFile.Name, document.ToJson());
            if (attested is not null) Add(Issuer.Checkpoint, Encoding.UTF8.GetBytes(attested.Head.ToString()));

            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    static Period Period(DateOnly first, DateOnly last) => new(new(first, default, default), new(last.AddDays(1), default, default));
}
