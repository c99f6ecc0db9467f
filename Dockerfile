# One image with the program alone; courses are embedded, and can be mounted over.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin habilis

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/habilis habilis \
    && install --directory --owner habilis --mode 0700 /var/lib/habilis/data
COPY --from=build /src/target/release/habilis /usr/local/bin/habilis
USER habilis
WORKDIR /var/lib/habilis
ENV HABILIS_DATA_DIR=/var/lib/habilis/data HABILIS_LISTEN=0.0.0.0:8080
EXPOSE 8080
# The embedded database and its key, where no DATABASE_URL is set: they outlive the container.
VOLUME /var/lib/habilis/data
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 CMD ["habilis", "ready"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["habilis"]
CMD ["serve"]
