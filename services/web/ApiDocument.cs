using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace NetwerkRegie.Web;

/// <summary>The OpenAPI document of a process, complete by the NLgov API Design Rules: version header, every refusal as problem+json.</summary>
internal static class ApiDocument
{
    private const string Problem = "Probleem";

    public static void AddApiDocument(this IServiceCollection services, string title) => services.AddOpenApi("v1", options =>
    {
        // Our own converter for instants hides from the generator that they are strings.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(DateTimeOffset))
                schema.Type = JsonSchemaType.String | (schema.Type & JsonSchemaType.Null);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = title,
                Version = WebSetup.ApiVersion,
                Description = "Regie rond een gezin: de regierol valt nooit weg.",
                Contact = new() { Name = "NetwerkRegie", Email = "api@netwerkregie.example", Url = new Uri("https://netwerkregie.example") },
            };
            document.Servers = [new() { Url = "/v1" }];
            document.Components ??= new();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            document.Components.Schemas[Problem] = ProblemSchema();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("token", document)] = [] }];

            var paths = new OpenApiPaths();
            foreach (var (path, item) in document.Paths.Where(p => p.Key.StartsWith("/v1/", StringComparison.Ordinal)))
                paths["/" + path["/v1/".Length..]] = item;
            document.Paths = paths;
            foreach (var operation in paths.Values.SelectMany(item => item.Operations?.Values.AsEnumerable() ?? []))
                Complete(operation, document);
            return Task.CompletedTask;
        });
    });

    private static void Complete(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var (status, answer) in operation.Responses)
            if (status[0] is '2' or '3' && answer is OpenApiResponse response)
            {
                response.Headers ??= new Dictionary<string, IOpenApiHeader>();
                response.Headers["API-Version"] = new OpenApiHeader { Description = "Versie van deze API", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }

        foreach (var (status, text) in new[] { ("400", "De invoer is ongeldig; alle fouten staan erin."), ("401", "Er is geen geldig token."), ("403", "Deze rol mag dit niet."), ("404", "Bestaat niet, of is niet toegankelijk."), ("409", "Een regel staat dit niet toe."), ("500", "Storing bij ons.") })
            operation.Responses[status] = new OpenApiResponse
            {
                Description = text,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) } },
            };
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457; met alle fouten tegelijk.",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["fouten"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["plaats"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["melding"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        },
    };
}
