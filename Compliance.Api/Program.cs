using Compliance.Api.Identity;
using Compliance.Domain.Kernel;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<IEventLog, MemoryEventLog>();
builder.AddComplianceIdentity();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapComplianceIdentity();
app.MapGet("/me", ReadMe.Handle).RequireAuthorization(Policies.SignedIn);
app.Run();
