-- Arrivals are read once and deleted: compressing them would take longer than writing them.
ALTER TABLE "arrivals" ALTER COLUMN "changes" SET STORAGE EXTERNAL;
