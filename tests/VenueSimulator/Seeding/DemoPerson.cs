using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Compliance.Domain.Kernel;

namespace VenueSimulator.Seeding;

/// <summary>One of the demo's people, signed in at the API, knocking at its doors like anybody else.</summary>
internal sealed class DemoPerson
{
    private const string Already = ".already-registered";
    private readonly HttpClient api;
    private readonly AuthenticationHeaderValue token;

    private DemoPerson(HttpClient api, string token) => (this.api, this.token) = (api, new("Bearer", token));

    /// <summary>Works in the demo only: its issuer gives a demo account a token for its name.</summary>
    public static Task<DemoPerson> SignIn(HttpClient api, string account, CancellationToken stop) => SignIn(api, account, new()
    {
        ["grant_type"] = "urn:compliance:demo-account",
        ["client_id"] = "seeder",
        ["scope"] = "api",
        ["account"] = account,
    }, stop);

    /// <summary>A probe signs in with the secret its box was enrolled with.</summary>
    public static Task<DemoPerson> SignInProbe(HttpClient api, string clientId, string secret, CancellationToken stop) => SignIn(api, clientId, new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = clientId,
        ["client_secret"] = secret,
    }, stop);

    private static async Task<DemoPerson> SignIn(HttpClient api, string account, Dictionary<string, string> words, CancellationToken stop)
    {
        using var form = new FormUrlEncodedContent(words);
        using var answer = await api.PostAsync(new Uri("connect/token", UriKind.Relative), form, stop);
        await Demand(answer, $"sign in as {account}", stop);
        return new(api, (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("access_token").GetString()!);
    }

    public Task Put<T>(string path, T body, CancellationToken stop) => Send(HttpMethod.Put, path, body, null, stop);

    /// <param name="path">The door.</param>
    /// <param name="body">The command.</param>
    /// <param name="about">What the command is about: the same thing at the same door is the same command, on every run.</param>
    /// <param name="stop">Gives up.</param>
    public Task Post<T>(string path, T body, Guid about, CancellationToken stop) =>
        Send(HttpMethod.Post, path, body, EventIds.From(about, path), stop);

    public async Task<T> Get<T>(string path, CancellationToken stop)
    {
        using var answer = await Send<object?>(HttpMethod.Get, path, null, null, stop);
        return (await answer.Content.ReadFromJsonAsync<T>(EventCatalog.Json, stop))!;
    }

    /// <summary>A command whose answer says something that no query will say again.</summary>
    public async Task<TAnswer> Ask<T, TAnswer>(HttpMethod verb, string path, T body, CancellationToken stop)
    {
        using var answer = await Send(verb, path, body, null, stop);
        return (await answer.Content.ReadFromJsonAsync<TAnswer>(EventCatalog.Json, stop))!;
    }

    private async Task<HttpResponseMessage> Send<T>(HttpMethod verb, string path, T body, Guid? key, CancellationToken stop)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(verb, new Uri(path, UriKind.Relative));
            request.Headers.Authorization = token;
            if (key is { } id)
            {
                request.Headers.Add("Idempotency-Key", id.ToString());
            }

            request.Content = verb == HttpMethod.Get ? null : JsonContent.Create(body, options: EventCatalog.Json);
            var answer = await api.SendAsync(request, stop);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), stop);
                continue;
            }

            await Demand(answer, $"{verb} {path}", stop);
            return answer;
        }
    }

    // Registered on an earlier run and corrected by somebody since: that stands.
    private static async Task Demand(HttpResponseMessage answer, string what, CancellationToken stop)
    {
        if (!answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync(stop) is var why
            && !(answer.StatusCode is HttpStatusCode.Conflict && why.Contains(Already, StringComparison.Ordinal)))
        {
            throw new HttpRequestException($"{what} was answered with {(int)answer.StatusCode}: {why}");
        }
    }
}
