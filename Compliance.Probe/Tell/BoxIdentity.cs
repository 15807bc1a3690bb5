using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>
/// Who this box is: what it was told when it enrolled, and the key it made then. The private half is written to this disk and nowhere else, for
/// its owner alone to read. Its text holds neither.
/// </summary>
/// <param name="PrivateKey">PKCS 8, in PEM.</param>
/// <param name="CodeHash">Of the code it enrolled with: the same code in the settings asks for nothing new.</param>
internal sealed record BoxIdentity(BoxEnrolled Box, string PrivateKey, string CodeHash)
{
    const string Name = "identity.json";

    /// <summary>Signs bytes with the box's key, ES256.</summary>
    [JsonIgnore]
    public Func<byte[], byte[]> Sign => signed =>
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(PrivateKey);
        return key.SignData(signed, HashAlgorithmName.SHA256);
    };

    /// <summary>The identity on disk; with a code that was not used yet a new one, as soon as the API answers. Null for a box that was given a secret instead.</summary>
    /// <exception cref="EnrolmentRefused">The code is no good any more.</exception>
    public static async Task<BoxIdentity?> Of(ProbeOptions options, HttpClient http, TimeProvider clock, Action<string> say, CancellationToken ct)
    {
        var file = Path.Combine(options.DataDir, Name);
        var kept = File.Exists(file) ? JsonSerializer.Deserialize<BoxIdentity>(await File.ReadAllBytesAsync(file, ct), EventCatalog.Json) : null;
        var codeFile = options.EnrolmentCode is { Length: > 0 } || !File.Exists(options.EnrolmentCodeFile) ? null : options.EnrolmentCodeFile;
        if ((codeFile is null ? options.EnrolmentCode : (await File.ReadAllTextAsync(codeFile, ct)).Trim()) is not { Length: > 0 } code) return kept;
        try
        {
            if (kept?.CodeHash != HashOf(code)) Keep(file, kept = await Enrol(code, http, clock, say, ct));
        }
        catch (EnrolmentRefused)
        {
            Delete(codeFile, say);
            throw;
        }

        Delete(codeFile, say);
        return kept;
    }

    public override string ToString() => $"identity of {Box.ClientId}";

    static async Task<BoxIdentity> Enrol(string code, HttpClient http, TimeProvider clock, Action<string> say, CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        while (true)
        {
            try
            {
                using var answer = await http.PostAsJsonAsync("probe/enrolment", new Enrolment(code, key.ExportSubjectPublicKeyInfoPem()), EventCatalog.Json, ct);
                if (answer.IsSuccessStatusCode) return new((await answer.Content.ReadFromJsonAsync<BoxEnrolled>(EventCatalog.Json, ct))!, key.ExportPkcs8PrivateKeyPem(), HashOf(code));
                if ((int)answer.StatusCode is 400 or 409) throw new EnrolmentRefused();
                say($"the API answered {(int)answer.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                say(e.Message);
            }

            await Task.Delay(TimeSpan.FromSeconds(5), clock, ct);
        }
    }

    /// <summary>Written beside and moved into place; nobody else on this machine may read it.</summary>
    static void Keep(string file, BoxIdentity made)
    {
        var mine = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) mine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(file + ".new", mine))
        {
            JsonSerializer.Serialize(stream, made, EventCatalog.Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>A code is read once: used or void, it is of no more use, and not left lying about.</summary>
    static void Delete(string? codeFile, Action<string> say)
    {
        try
        {
            if (codeFile is not null) File.Delete(codeFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            say($"{codeFile} cannot be deleted: {e.Message}");
        }
    }

    static string HashOf(string code) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code.Trim())));
}

/// <summary>The code in the settings opens nothing: it was used, is older than fifteen minutes, or was never made.</summary>
internal sealed class EnrolmentRefused() : Exception("The enrolment code is void. An administrator makes another on the page of the probes; start the box with it.");
