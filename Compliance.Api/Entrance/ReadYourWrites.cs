using System.Globalization;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Entrance;

/// <summary>
/// Nobody is answered from views that have not seen the whole log yet. A query with the header Compliance-After waits until the views show that position of the log, or says that it takes too long.
/// </summary>
sealed class ReadYourWrites(ViewProgress views) : IEndpointFilter
{
    public const string After = "Compliance-After";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Path.StartsWithSegments("/health") && !await views.WaitUntilCaughtUp(Patience, http.RequestAborted))
            return Problems.Busy(retryAfterSeconds: 5);
        if ((string?)http.Request.Headers[After] is not { } text) return await next(context);
        if (!LogPosition.TryParse(text, CultureInfo.InvariantCulture, out var position))
            throw new Malformed(After, "A position is the text that an earlier answer gave.");
        return await views.WaitFor(position, Patience, http.RequestAborted) ? await next(context) : Problems.Busy(retryAfterSeconds: 1);
    }
}
