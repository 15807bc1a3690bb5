using System.IO.Compression;
using System.Text.Json;
using Compliance.Api.Evidence;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Recordings;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Recordings;

/// <summary><c>verify recordings</c>: holds a folder of recordings against what was told of them, offline. Exit code: 0 all holds, 1 something does not, 2 wrong arguments.</summary>
static class RecordingsCommand
{
    public const string Name = "recordings";

    const string Usage = """
        Checks the recordings of one camera against the hashes that were made hour by hour. Needs no server.

          verify recordings --facts FILE --folder DIR [--lists DIR] [--camera ID] [--endings .mp4,.dav] [--key KEY] [--witness KEY]... [--json]

          --facts FILE     facts.zip of the camera's page, or the facts.json in it with its log.checkpoint beside it
          --folder DIR     the camera's folder, as it was on the recorder
          --lists DIR      the lists the box kept of this camera: with them the file is named that was changed
          --camera ID      of which camera, where the facts tell of several
          --endings LIST   by what the names of recordings end, where the box was set up otherwise
          --key KEY        the log's key as you know it from elsewhere
          --witness KEY    a witness who has to have signed the head
          --json           one JSON object
        """;

    sealed record Asked(string Facts = "", string Folder = "", string? Lists = null, Guid? Camera = null, IReadOnlyList<string>? Endings = null, bool IsJson = false);

    public static async Task<int> Run(string[] args, TextWriter output, CancellationToken ct)
    {
        var (asked, witnesses) = (new Asked(), new List<NoteKey>());
        NoteKey? key = null;
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--json": asked = asked with { IsJson = true }; continue;
                case "--facts" when File.Exists(value): asked = asked with { Facts = value }; break;
                case "--folder" when Directory.Exists(value): asked = asked with { Folder = value }; break;
                case "--lists" when Directory.Exists(value): asked = asked with { Lists = value }; break;
                case "--camera" when Guid.TryParse(value, out var camera): asked = asked with { Camera = camera }; break;
                case "--endings" when value.Length > 0: asked = asked with { Endings = value.Split(',') }; break;
                case "--key" when NoteKey.TryParse(value, out var log) && log.Kind == NoteKeyKind.Log: key = log; break;
                case "--witness" when NoteKey.TryParse(value, out var witness) && witness.Kind == NoteKeyKind.Witness: witnesses.Add(witness); break;
                default: return await Wrong(output, $"{args[i]} is not understood{(value.Length > 0 ? $" with {value}" : "")}.");
            }

            i++;
        }

        if (asked is { Facts: "" } or { Folder: "" }) return await Wrong(output, "Which facts, and which folder?");
        var verification = await Check(asked, new(key, witnesses), ct);
        await verification.Tell(output, asked.IsJson);
        return verification.Holds ? 0 : 1;
    }

    static async Task<Verification> Check(Asked asked, Beliefs beliefs, CancellationToken ct)
    {
        var steps = new List<CheckedStep>();
        try
        {
            var attached = Read(asked.Facts);
            if (!attached.TryGetValue(FactsFile.Name, out var json)) throw new InvalidDataException($"{FactsFile.Name} is missing.");
            var facts = FactsFile.Parse(json);
            steps.AddRange(InTheLog(facts, attached, beliefs));
            steps.AddRange(Gaps(facts));
            var told = facts.Facts.Select(EventCatalog.Decode).OfType<RecordingEvent>().Where(fact => asked.Camera is null || fact.DeviceId == asked.Camera).ToList();
            var cameras = told.Select(fact => fact.DeviceId).Distinct().ToList();
            if (cameras.Count != 1) throw new InvalidDataException(cameras.Count == 0 ? "No recordings are told of in these facts." : $"The facts tell of {cameras.Count} cameras; say which with --camera: {string.Join(", ", cameras)}.");
            steps.AddRange(await new FolderCheck(new(Path.GetFullPath(asked.Folder)), asked.Lists is { } lists ? new(lists) : null, asked.Endings ?? RecordingList.Endings).Run(told, ct));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or IOException or UnauthorizedAccessException)
        {
            steps.Add(new("file", Holds.No, e.Message));
        }
        catch (Exception e) when (e is InvalidCastException or KeyNotFoundException or ArgumentException or OverflowException or FormatException or NotSupportedException)
        {
            steps.Add(new("file", Holds.No, "The file is damaged: its parts do not fit together."));
        }

        return new(asked.Facts, steps);
    }

    /// <summary>By what is not proven to stand in a log no folder is told to be right or wrong; nor by the words of a fact of which only the place is proven.</summary>
    static IEnumerable<CheckedStep> InTheLog(FactsFile facts, Dictionary<string, byte[]> attached, Beliefs beliefs)
    {
        if (facts.Proof is not null && !attached.ContainsKey(Issuer.Checkpoint)) return [new("log", Holds.No, $"{Issuer.Checkpoint} does not come with the facts: these facts are not proven to stand in any log.")];
        var inPart = facts.Proof?.Leaves.Values.Count(leaf => leaf.Salt is null) ?? 0;
        return [.. Verifier.Log(facts, attached, beliefs), .. inPart == 0 ? Array.Empty<CheckedStep>() : [new("proof", Holds.No, $"Of {inPart} facts what they say is not proven: their salt is missing.")]];
    }

    /// <summary>Whoever leaves a fact out of a day may hide that an hour came out otherwise later; only what stands at a day's end can be left out unseen.</summary>
    static IEnumerable<CheckedStep> Gaps(FactsFile facts) => facts.Facts.GroupBy(fact => fact.Stream)
        .Where(day => day.Select(fact => fact.Revision).Order().Select((revision, i) => revision != i).Contains(true))
        .Select(day => new CheckedStep("facts", Holds.No, $"Of {day.Key} facts were left out: its numbers have a gap."));

    static Dictionary<string, byte[]> Read(string file)
    {
        var bytes = Whole(file);
        var files = new Dictionary<string, byte[]>();
        if (!bytes.AsSpan().StartsWith("PK"u8))
        {
            files.Add(FactsFile.Name, bytes);
            if (Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, Issuer.Checkpoint) is var head && File.Exists(head)) files.Add(Issuer.Checkpoint, Whole(head));
            return files;
        }

        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries.Where(entry => entry.FullName is FactsFile.Name or Issuer.Checkpoint))
        {
            if (files.ContainsKey(entry.FullName)) throw new InvalidDataException($"{entry.FullName} stands twice in the file.");
            files.Add(entry.FullName, Unpacked(entry));
        }

        return files;
    }

    static byte[] Whole(string file) => new FileInfo(file).Length > Verifier.LongestFile ? throw new InvalidDataException($"{Path.GetFileName(file)} is longer than {Verifier.LongestFile:N0} bytes.") : File.ReadAllBytes(file);

    static byte[] Unpacked(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var bytes = new byte[Math.Min(entry.Length, Verifier.LongestAttachment)];
        content.ReadExactly(bytes);
        return content.ReadByte() < 0 ? bytes : throw new InvalidDataException($"{entry.FullName} is longer than {Verifier.LongestAttachment:N0} bytes, or than it says.");
    }

    static async Task<int> Wrong(TextWriter output, string what)
    {
        await output.WriteLineAsync($"{what}\n\n{Usage}");
        return 2;
    }
}
