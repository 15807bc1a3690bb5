using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>Section <c>Faces</c> of the settings.</summary>
/// <param name="Program">The probe's program (<c>Compliance.Probe.dll</c>), which makes templates of pictures; empty: nobody can be enrolled, and no list be used.</param>
/// <param name="Dotnet">By which it is run.</param>
/// <param name="Issuers">A folder of certificates (<c>.cer</c>, <c>.crt</c>, <c>.pem</c>) whose holders sign lists that may be imported; empty: none may.</param>
internal sealed record FaceSettings(string Program = "", string Dotnet = "dotnet", string Issuers = "");

/// <summary>What the recogniser on this side is, and what was measured of it.</summary>
internal sealed record Recogniser(string Model, IReadOnlyList<FmrPoint> Thresholds);

/// <summary>A picture became a template, or why not.</summary>
/// <param name="Flaw"><c>no-face</c>, <c>many-faces</c>, <c>small</c>, <c>poor</c>, <c>no-picture</c>; null where it did.</param>
internal sealed record Enrolled(string? Model, byte[]? Template, string? Flaw);

/// <summary>
/// Makes templates in a child process: a hostile picture breaks the child and nothing else, and what a face left in its memory goes with it. The networks are those that
/// <c>./run models</c> brought.
/// </summary>
internal sealed class Enroller(FaceSettings settings)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Null where nothing is installed, and why.</summary>
    public async Task<(Recogniser? Found, string Why)> Ask(CancellationToken ct)
    {
        var (said, why) = await Run(["faces", "recogniser"], [], ct);
        return said is null ? (null, why) : (JsonSerializer.Deserialize<Recogniser>(said, JsonSerializerOptions.Web), "");
    }

    /// <summary>The templates of pictures, in their order; null where nothing is installed, and why.</summary>
    public async Task<(IReadOnlyList<Enrolled>? Made, string Why)> Make(IReadOnlyList<byte[]> pictures, CancellationToken ct)
    {
        var (said, why) = await Run(["faces", "templates"], pictures, ct);
        if (said is null) return (null, why);
        var made = Encoding.UTF8.GetString(said).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Enrolled>(line, JsonSerializerOptions.Web)!).ToList();
        return made.Count == pictures.Count ? (made, "") : (null, "the program that makes templates did not answer for each picture");
    }

    async Task<(byte[]? Said, string Why)> Run(string[] words, IReadOnlyList<byte[]> pictures, CancellationToken ct)
    {
        if (!File.Exists(settings.Program)) return (null, "Faces:Program names no program");
        using var child = Start(words);
        if (child is null) return (null, $"{settings.Dotnet} cannot be started");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var (said, complaint) = (new MemoryStream(), child.StandardError.ReadToEndAsync(patience.Token));
            var reading = child.StandardOutput.BaseStream.CopyToAsync(said, patience.Token);
            foreach (var picture in pictures)
            {
                patience.CancelAfter(Patience);
                var head = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32BigEndian(head, picture.Length);
                await child.StandardInput.BaseStream.WriteAsync(head, patience.Token);
                await child.StandardInput.BaseStream.WriteAsync(picture, patience.Token);
                await child.StandardInput.BaseStream.FlushAsync(patience.Token);
            }

            child.StandardInput.Close();
            await reading;
            await child.WaitForExitAsync(patience.Token);
            return child.ExitCode == 0 ? (said.ToArray(), "") : (null, (await complaint).Trim());
        }
        catch (Exception e) when (e is IOException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (null, "the program that makes templates broke off");
        }
        finally
        {
            if (!child.HasExited) child.Kill(entireProcessTree: true);
        }
    }

    Process? Start(string[] words)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(settings.Dotnet, [settings.Program, .. words]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
