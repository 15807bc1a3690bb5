using System.Reflection;
using Compliance.Api.Entrance;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Compliance.Api;

/// <summary>One line of the table of doors.</summary>
sealed record Door(string Verb, string Path, Who Who, Delegate Slice)
{
    /// <summary>
    /// As <c>MapMethods</c> would hang it, but its slice is compiled by the first who knocks: two hundred of them at every start
    /// took longer than all else together.
    /// </summary>
    public Endpoint Hang(IServiceProvider services, ReadYourWrites readYourWrites)
    {
        var path = RoutePatternFactory.Parse(Path);
        var door = new RouteEndpointBuilder(null, path, order: 0) { DisplayName = $"{Verb} {Path}", ApplicationServices = services };
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services, RouteParameterNames = path.Parameters.Select(parameter => parameter.Name), EndpointBuilder = door,
            ThrowOnBadRequest = true, DisableInferBodyFromParameters = Verb == HttpMethods.Get,
        };
        door.Metadata.Add(Slice.Method);
        door.Metadata.Add(new HttpMethodMetadata([Verb]));
        door.Metadata.Add(new TagsAttribute(Path.Split('/')[1]));
        var signature = RequestDelegateFactory.InferMetadata(Slice.Method, options);
        foreach (var attribute in Slice.Method.GetCustomAttributes()) door.Metadata.Add(attribute);
        if (Who == Who.Anyone) door.Metadata.Add(new AllowAnonymousAttribute());
        else door.Metadata.Add(new AuthorizationPolicyBuilder().AddRequirements(new Pass(Who)).Build());
        foreach (var filter in (IEndpointFilter[])[new KnownQuestions(this), readYourWrites])
            door.FilterFactories.Add((_, next) => asked => filter.InvokeAsync(asked, next));
        var slice = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(Slice, options, signature).RequestDelegate);
        door.RequestDelegate = http => slice.Value(http);
        return door.Build();
    }
}
